// Runs in a worker of the page: sums its band of the image for one geometry after another.
import { detectorOfData } from "../../src/detector/detector-data.js";
import { openScatter } from "./scatter/open-scatter.js";
import type { OpenScatter } from "./scatter/scatter.js";
import type { ScatterReply, ScatterRequest } from "./scatter-messages.js";

const worker = self as unknown as {
  onmessage: ((event: MessageEvent<ScatterRequest>) => void) | null;
  postMessage(reply: ScatterReply, transfer?: Transferable[]): void;
};

let opened: OpenScatter | undefined;

worker.onmessage = async ({ data }) => {
  try {
    if (data.kind === "frame") {
      const sums = opened!.scatter(data.job).slice();
      return worker.postMessage({ kind: "sums", sums }, [sums.buffer]);
    }
    if (data.kind === "values") opened!.setValues(data.values);
    else opened = await openScatter(data.band, detectorOfData(data.detector), data.plain);
    worker.postMessage({ kind: "ready", mode: opened!.mode });
  } catch (error) {
    worker.postMessage({
      kind: "failed",
      message: error instanceof Error ? error.message : String(error),
    });
  }
};
