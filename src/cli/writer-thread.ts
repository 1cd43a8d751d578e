import { nodeModule } from "../host/node.js";
import { type Written, writeAs } from "./write-as.js";

/** A file to be written, as the main thread posts it. */
export interface WriteRequest {
  readonly path: string;
  readonly written: Written;
}

// The program of a thread, begun by writer.ts: it tells of each file whether it has been written.
const { parentPort } = nodeModule("node:worker_threads");
parentPort?.on("message", async ({ path, written }: WriteRequest) => {
  const isWritten = await writeAs(path, written).then(
    () => true,
    () => false,
  );
  parentPort.postMessage(isWritten);
});
