// A thread that receives frames for the one that has begun it. It runs as a worker: receive-elsewhere.ts.
import { StreamError } from "../../errors.js";
import { nodeModule } from "../../host/node.js";
import { recycle } from "../../host/uninitialized.js";
import type { FromThread, ToThread } from "./receive-elsewhere.js";
import { type FrameSink, type Reception, receiveFrames } from "./receive-frames.js";

/** Frames on their way to the other thread; one more comes while it takes the last. */
const mostOnTheWay = 2;

const { parentPort, workerData } = nodeModule("node:worker_threads");
const port = parentPort!;
const waiting: (() => void)[] = [];
let onTheWay = 0;

function say(message: FromThread, moved: readonly ArrayBuffer[] = []): void {
  port.postMessage(message, moved);
}

const sink: FrameSink = {
  put(frame) {
    onTheWay++;
    const { buffer } = frame.data;
    say({ kind: "frame", frame }, buffer instanceof ArrayBuffer ? [buffer] : []);
  },
  bad: ({ source, message }, bytes) => say({ kind: "bad", source, message, bytes }),
  tell: ({ source, message }) => say({ kind: "trouble", source, message }),
  count: (clients) => say({ kind: "clients", clients }),
  get hasRoom() {
    return onTheWay < mostOnTheWay;
  },
  async room() {
    if (!sink.hasRoom) await new Promise<void>((resolve) => waiting.push(resolve));
  },
};

try {
  const receiver = await receiveFrames(workerData as Reception, sink);
  port.on("message", async (message: ToThread) => {
    if (message.kind === "taken") {
      onTheWay--;
      // All of them where nothing is on its way: the next in turn may have nothing more.
      for (const go of waiting.splice(0, onTheWay === 0 ? waiting.length : 1)) go();
    } else if (message.kind === "free") {
      recycle(new Uint8Array(message.memory));
    } else {
      await receiver.close();
      say({ kind: "closed" });
      port.close();
    }
  });
  say({ kind: "listening", port: receiver.port });
} catch (error) {
  if (!(error instanceof StreamError)) throw error;
  const { code } = (error.cause ?? {}) as { code?: string };
  say({ kind: "refused", source: error.source, message: error.message, code });
  port.close();
}
