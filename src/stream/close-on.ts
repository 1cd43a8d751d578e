import type { FrameStream } from "./frame-stream.js";

/** Closes a stream when a signal aborts; what it returns takes that back. */
export function closeOn(stream: FrameStream, stop: AbortSignal | undefined): () => void {
  const close = (): void => {
    // Its errors are thrown to who reads it.
    stream.close().catch(() => {});
  };
  if (stop?.aborted) close();
  stop?.addEventListener("abort", close);
  return () => stop?.removeEventListener("abort", close);
}
