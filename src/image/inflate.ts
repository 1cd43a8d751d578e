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

function inflateInNode(data: Uint8Array, limit: number): Promise<Uint8Array> {
  const zlib = nodeModule("node:zlib");
  // Output in one piece costs a third of zlib's default pieces of 16 KiB.
  const options = { maxOutputLength: limit, chunkSize: Math.max(64, limit) };
  return new Promise((resolve, reject) => {
    zlib.inflate(data, options, (error, result) => {
      if (error === null) resolve(result);
      else if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") {
        reject(tooLong(limit));
      } else reject(new Error(`its deflate data are damaged (${error.message})`, { cause: error }));
    });
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
      const { done, value } = await reader.read();
      if (done) return output.subarray(0, length);
      if (length + value.length > limit) throw tooLong(limit);
      output.set(value, length);
      length += value.length;
    }
  } catch (error) {
    if (error instanceof TypeError) {
      throw new Error(`its deflate data are damaged (${error.message})`, { cause: error });
    }
    throw error;
  } finally {
    await reader.cancel().catch(() => {});
  }
}

function tooLong(limit: number): Error {
  return new Error(`its deflate data become more than the ${limit} bytes that its header promises`);
}
