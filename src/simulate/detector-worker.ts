/**
 * What the thread of a simulated detector runs: sends the frames of `workerData`, tells after each how
 * many were sent, and stops when it is told anything.
 *
 * @module
 */
import { nodeModule } from "../host/node.js";
import { type SentTensileTest, sendTensileTest } from "./send-tensile-test.js";

const { parentPort, workerData } = nodeModule("node:worker_threads");

const port = parentPort!;
const stopping = new AbortController();
port.once("message", () => stopping.abort());
await sendTensileTest(
  workerData as SentTensileTest,
  (sent) => port.postMessage(sent),
  stopping.signal,
);
// A port that is listened to keeps its thread.
port.close();
