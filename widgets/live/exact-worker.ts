// Runs in a worker of the page: integrates as the library does, beside a page that goes on.
import type { Image } from "../../src/array.js";
import type { Detector } from "../../src/detector/detector.js";
import { detectorOfData } from "../../src/detector/detector-data.js";
import { exactCake } from "./exact-cake.js";
import type { ExactReply, ExactRequest } from "./exact-messages.js";
import type { ImageOptions } from "./live-image.js";

const worker = self as unknown as {
  onmessage: ((event: MessageEvent<ExactRequest>) => void) | null;
  postMessage(reply: ExactReply, transfer?: Transferable[]): void;
};

let setup: { image: Image; options: ImageOptions; detector: Detector } | undefined;
let atWork = new AbortController();

worker.onmessage = async ({ data }) => {
  if (data.kind === "stop") return atWork.abort();
  if (data.kind === "image") {
    setup = { ...data, detector: detectorOfData(data.detector) };
    return worker.postMessage({ kind: "ready" });
  }
  atWork = new AbortController();
  const { signal } = atWork;
  try {
    const { image, options, detector } = setup!;
    const result = await exactCake(image, detector, data.settings, options, signal);
    worker.postMessage({ kind: "cake", result }, buffersOf(result));
  } catch (error) {
    if (signal.aborted) return worker.postMessage({ kind: "stopped" });
    worker.postMessage({
      kind: "failed",
      message: error instanceof Error ? error.message : String(error),
    });
  }
};

/** The memory of a result's arrays, to be handed over instead of copied. */
function buffersOf(result: object): ArrayBuffer[] {
  const buffers = Object.values(result).flatMap((value) =>
    ArrayBuffer.isView(value) ? [value.buffer as ArrayBuffer] : [],
  );
  return [...new Set(buffers)];
}
