import { hasNode, nodeModule } from "../../host/node.js";
import type { FileSource } from "../file-source.js";
import { decodePool } from "../series/decode-pool.js";

/** Below this, a message to another thread takes longer than the sum. */
const small = 2 ** 20;

/** Large sums so far: for a single one, no thread is begun. */
let sums = 0;

/**
 * The MD5 of a part of a file, in base64; `undefined` in a browser, which has none.
 *
 * It takes twice as long as decoding, so the main thread leaves it to another one, which reads the
 * bytes for itself.
 *
 * @param bytes the part, from `offset` on
 */
export async function md5Of(
  bytes: Uint8Array,
  source: FileSource,
  offset: number,
): Promise<string | undefined> {
  if (!hasNode()) return undefined;
  const { isMainThread } = nodeModule("node:worker_threads");
  if (isMainThread && source.path !== undefined && bytes.length >= small && ++sums > 1) {
    const found = await decodePool(1)?.md5(source.path, offset, bytes.length);
    if (found !== undefined) return found;
  }
  return nodeModule("node:crypto").createHash("md5").update(bytes).digest("base64");
}
