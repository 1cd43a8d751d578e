/**
 * What a decoding thread runs: answers `{ job, path, frame }` with the frame, and
 * `{ job, path, offset, length }` with the MD5 of that part. A file with several frames stays open for
 * the next one, until another file or `{ release: true }` comes.
 *
 * @module
 */
import { nodeModule } from "../host/node.js";
import { setNoticeHook } from "../notice.js";
import { openFileSource } from "./file-source.js";
import { type OpenImage, openImage } from "./open-image.js";
import { readPart } from "./read-part.js";
import type { DecodeOptions } from "./series/decode-pool.js";

interface FrameRequest extends DecodeOptions {
  readonly job: number;
  readonly path: string;
  readonly frame: number;
}

interface SumRequest {
  readonly job: number;
  readonly path: string;
  readonly offset: number;
  readonly length: number;
}

const port = nodeModule("node:worker_threads").parentPort!;
let kept: { path: string; file: OpenImage } | undefined;
// The main thread opens each file too, and says what is to be said of it.
setNoticeHook(() => {});

let turn: Promise<void> = Promise.resolve();
port.on("message", (message: FrameRequest | SumRequest | { release: true }) => {
  turn = turn.then(() => {
    if ("release" in message) return release();
    return "frame" in message ? decode(message) : sum(message);
  });
});

async function sum({ job, path, offset, length }: SumRequest): Promise<void> {
  try {
    const source = await openFileSource(path);
    const bytes = await source.read(offset, length).finally(() => source.close());
    const hash = nodeModule("node:crypto").createHash("md5").update(bytes);
    port.postMessage({ job, answer: hash.digest("base64") });
  } catch {
    port.postMessage({ job });
  }
}

async function decode({ job, path, frame, ...how }: FrameRequest): Promise<void> {
  try {
    const { trustedFolders, verify, region } = how;
    if (kept?.path !== path) {
      await release();
      kept = { path, file: await openImage(path, { trustedFolders }) };
    }
    const { file } = kept;
    const { data, shape, header } = await readPart(file, frame, region, { verify });
    if (file.frames === 1) await release();
    const whole = data.byteLength === data.buffer.byteLength ? data : data.slice();
    const answer = { data: whole, shape, header };
    port.postMessage({ job, answer }, [whole.buffer as ArrayBuffer]);
  } catch {
    // Whoever asked reads it again and is told why.
    await release();
    port.postMessage({ job });
  }
}

async function release(): Promise<void> {
  const file = kept?.file;
  kept = undefined;
  await file?.close().catch(() => {});
}
