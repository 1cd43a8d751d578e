import { hasNode, nodeModule } from "../host/node.js";

/**
 * Decodes zlib data (RFC 1950), and never to more than `limit` bytes: a few kilobytes can hold
 * gigabytes of zeros.
 *
 * @throws Error for data that are damaged, or longer than the limit.
 */
export async function inflate(data: Uint8Array, limit: number): Promise<Uint8Array> {
  return hasNode() ? inflateInNode(data, limit) : inflateInBrowser(data, limit);
}

/** Below this, waiting for another thread takes longer than decoding. */
const smallOutput = 2 ** 16;

function inflateInNode(data: Uint8Array, limit: number): Promise<Uint8Array> {
  const zlib = nodeModule("node:zlib");
  // Output in one piece costs a third of zlib's default pieces of 16 KiB.
  const options = { maxOutputLength: limit, chunkSize: Math.max(64, limit) };
  const explained = (error: Error): Error =>
    (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE"
      ? tooLong(limit)
      : damaged(error);
  return new Promise((resolve, reject) => {
    if (limit <= smallOutput) {
      try {
        resolve(zlib.inflateSync(data, options));
      } catch (error) {
        reject(explained(error as Error));
      }
    } else {
      zlib.inflate(data, options, (error, result) =>
        error === null ? resolve(result) : reject(explained(error)),
      );
    }
  });
}

/** The same through the web's own decoder, which has no limit: the pieces are counted. */
export async function inflateInBrowser(data: Uint8Array, limit: number): Promise<Uint8Array> {
  const output = new Uint8Array(limit);
  let length = 0;
  const stream = new Blob([new Uint8Array(data)]).stream();
  const reader = stream.pipeThrough(new DecompressionStream("deflate")).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((error: Error) => {
        throw damaged(error);
      });
      if (done) return output.subarray(0, length);
      if (length + value.length > limit) throw tooLong(limit);
      output.set(value, length);
      length += value.length;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

function damaged(cause: Error): Error {
  return new Error(`its deflate data are damaged (${cause.message})`, { cause });
}

function tooLong(limit: number): Error {
  return new Error(`its deflate data become more than the ${limit} bytes that its header promises`);
}
