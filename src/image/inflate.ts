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

/** The same for gzip data (RFC 1952), in one or several members. */
export async function gunzip(data: Uint8Array, limit: number): Promise<Uint8Array> {
  return hasNode() ? inflateInNode(data, limit, "gzip") : inflateInBrowser(data, limit, "gzip");
}

/**
 * The first bytes of what gzip packed, for a look before all of it is decoded; nothing in a browser.
 *
 * @throws Error for data that are damaged at their beginning.
 */
export function gunzipStart(data: Uint8Array): Uint8Array | undefined {
  if (!hasNode()) return undefined;
  const zlib = nodeModule("node:zlib");
  try {
    // Cut off, which this flush takes for the end.
    const finishFlush = zlib.constants.Z_SYNC_FLUSH;
    return zlib.gunzipSync(data.subarray(0, 2 ** 14), { finishFlush });
  } catch (error) {
    throw damaged("gzip", error as Error);
  }
}

type Format = "deflate" | "gzip";

/** Below this, waiting for another thread takes longer than decoding. */
const smallOutput = 2 ** 16;

function inflateInNode(
  data: Uint8Array,
  limit: number,
  format: Format = "deflate",
): Promise<Uint8Array> {
  const method = format === "gzip" ? "gunzip" : "inflate";
  const zlib = nodeModule("node:zlib");
  // Output in one piece costs a third of zlib's default pieces of 16 KiB. The end of gzip data says
  // how long they are; what it says is only believed up to the limit.
  const expected = format === "gzip" ? Math.min(lastWord(data), limit) : limit;
  const options = {
    maxOutputLength: limit,
    chunkSize: Math.max(format === "gzip" ? smallOutput : 64, expected),
  };
  const explained = (error: Error): Error =>
    (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE"
      ? tooLong(format, limit)
      : damaged(format, error);
  return new Promise((resolve, reject) => {
    if (limit <= smallOutput) {
      try {
        resolve(zlib[`${method}Sync`](data, options));
      } catch (error) {
        reject(explained(error as Error));
      }
    } else {
      zlib[method](data, options, (error, result) =>
        error === null ? resolve(result) : reject(explained(error)),
      );
    }
  });
}

/** The same through the web's own decoder, which has no limit: the pieces are counted. */
export async function inflateInBrowser(
  data: Uint8Array,
  limit: number,
  format: Format = "deflate",
): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  const stream = new Blob([new Uint8Array(data)]).stream();
  const reader = stream.pipeThrough(new DecompressionStream(format)).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((error: Error) => {
        throw damaged(format, error);
      });
      if (done) break;
      if (length + value.length > limit) throw tooLong(format, limit);
      pieces.push(value);
      length += value.length;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
  const output = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    output.set(piece, at);
    at += piece.length;
  }
  return output;
}

function lastWord(data: Uint8Array): number {
  return new DataView(data.buffer, data.byteOffset).getUint32(data.length - 4, true);
}

function damaged(format: Format, cause: Error): Error {
  return new Error(`its ${format} data are damaged (${cause.message})`, { cause });
}

function tooLong(format: Format, limit: number): Error {
  return new Error(`its ${format} data become more than the ${limit} bytes that are expected`);
}
