import type { Image } from "../../src/array.js";
import type { Detector } from "../../src/detector/detector.js";
import { detectorData } from "../../src/detector/detector-data.js";
import type { Integrate2dResult } from "../../src/integrate/result.js";
import type { ExactReply, ExactRequest } from "./exact-messages.js";
import type { ImageOptions } from "./live-image.js";
import type { LiveSettings } from "./live-settings.js";
import { WorkerChannel } from "./worker-channel.js";

/** Exact cakes of an image, computed beside the page. */
export interface ExactCakes {
  /** Takes another image, or other corrections. */
  setImage(image: Image, options: ImageOptions): void;
  /** The cake of some settings; the newest call stops those before, which reject with an AbortError. */
  cake(settings: LiveSettings, signal?: AbortSignal): Promise<Integrate2dResult>;
  close(): void;
}

/** Starts the worker, which gets the image once. */
export function exactCakes(image: Image, detector: Detector, options: ImageOptions): ExactCakes {
  const channel = new WorkerChannel<ExactRequest, ExactReply>(
    new Worker(new URL("./exact-worker.js", import.meta.url), { type: "module" }),
  );
  const data = detectorData(detector, image.shape);
  let latest = 0;
  // The worker takes one request after another; those that were overtaken are never sent.
  let turn: Promise<unknown> = Promise.resolve();
  let unsent: ExactRequest | undefined;
  const setImage = ({ data: pixels, shape }: Image, nextOptions: ImageOptions): void => {
    // It goes with the next cake: while a mask is dragged, none is asked for.
    const plain = { data: pixels, shape };
    unsent = { kind: "image", image: plain, options: nextOptions, detector: data };
  };
  setImage(image, options);
  return {
    setImage,
    cake: (settings, signal) => {
      const mine = ++latest;
      const stop = (): void => channel.tell({ kind: "stop" });
      stop();
      signal?.addEventListener("abort", stop, { once: true });
      const found = turn.then(async () => {
        signal?.throwIfAborted();
        if (mine !== latest) throw overtaken();
        const request = unsent;
        unsent = undefined;
        if (request !== undefined) await channel.ask(request);
        const reply = await channel.ask({ kind: "cake", settings });
        signal?.throwIfAborted();
        if (reply.kind !== "cake") throw overtaken();
        return reply.result;
      });
      turn = found.catch(() => undefined);
      return found.finally(() => signal?.removeEventListener("abort", stop));
    },
    close: () => channel.close(),
  };
}

function overtaken(): DOMException {
  return new DOMException("a newer cake was asked for", "AbortError");
}
