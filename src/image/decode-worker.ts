/**
 * What a decoding thread runs: answers `{ job, path, frame }` with the frame. A file with several
 * stays open for the next one, until another file or `{ release: true }` comes.
 *
 * @module
 */
import { nodeModule } from "../host/node.js";
import { setNoticeHook } from "../notice.js";
import { type OpenImage, type OpenImageOptions, openImage } from "./open-image.js";

interface Request extends OpenImageOptions {
  readonly job: number;
  readonly path: string;
  readonly frame: number;
}

const port = nodeModule("node:worker_threads").parentPort!;
let kept: { path: string; file: OpenImage } | undefined;
// The main thread opens each file too, and says what is to be said of it.
setNoticeHook(() => {});

let turn: Promise<void> = Promise.resolve();
port.on("message", (message: Request | { release: true }) => {
  turn = turn.then(() => ("release" in message ? release() : answer(message)));
});

async function answer({ job, path, frame, trustedFolders }: Request): Promise<void> {
  try {
    if (kept?.path !== path) {
      await release();
      kept = { path, file: await openImage(path, { trustedFolders }) };
    }
    const { file } = kept;
    const { data, shape, header } = await file.read(frame);
    if (file.frames === 1) await release();
    const whole = data.byteLength === data.buffer.byteLength ? data : data.slice();
    port.postMessage({ job, image: { data: whole, shape, header } }, [whole.buffer as ArrayBuffer]);
  } catch (error) {
    await release();
    port.postMessage({ job, error: String(error) });
  }
}

async function release(): Promise<void> {
  const file = kept?.file;
  kept = undefined;
  await file?.close().catch(() => {});
}
