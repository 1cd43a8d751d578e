/** The decoder's functions; each returns 0 where the data are damaged. */
export interface Lz4Decoder {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  freeFrom(): number;
  decodeBitshuffle(
    from: number,
    end: number,
    target: number,
    bytes: number,
    size: number,
    blockBytes: number,
    scratch: number,
  ): number;
  decodeLz4(from: number, end: number, target: number, bytes: number, blockBytes: number): number;
}

/** How a chunk was packed. */
export interface Lz4Packing {
  /** Bytes of an element whose bits were shuffled; 0 for LZ4 alone. */
  readonly shuffled: 0 | 1 | 2 | 4 | 8;
}

/**
 * Decodes a chunk of the filters bitshuffle with LZ4 (32008) or LZ4 (32004) to exactly fill
 * `output`: block after block through a window that stays in a core's cache.
 *
 * Needs nothing but its arguments, because worker threads are given its text.
 *
 * @returns what is wrong with the data; `undefined` where nothing is
 * @see https://github.com/kiyo-masui/bitshuffle, https://github.com/HDFGroup/hdf5_plugins (LZ4)
 */
export function decodeChunk(
  decoder: Lz4Decoder,
  data: Uint8Array,
  output: Uint8Array,
  { shuffled }: Lz4Packing,
): string | undefined {
  if (data.length < 12) return `has ${data.length} bytes, less than its header`;
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  const declared = view.getUint32(0) * 2 ** 32 + view.getUint32(4);
  if (declared !== output.length) {
    return `becomes ${declared} bytes where ${output.length} are expected`;
  }
  const unit = Math.max(1, 8 * shuffled);
  // A block size of 0 is bitshuffle's default; blocks may be said to be larger than the chunk.
  const saidBytes = view.getUint32(8) || 8192;
  if (saidBytes % unit > 0) return `has blocks of ${saidBytes} bytes`;
  const blockBytes = Math.min(saidBytes, unit * Math.ceil(output.length / unit));

  const batchBytes = blockBytes * Math.max(1, Math.floor(2 ** 18 / blockBytes));
  const slack = 64;
  const base = Math.ceil(decoder.freeFrom() / 64) * 64;
  const inputRoom = batchBytes + (batchBytes >>> 4) + 4096;
  const scratchAt = base;
  const targetAt = scratchAt + (shuffled > 0 ? blockBytes : 0) + slack;
  const inputAt = targetAt + batchBytes + slack;
  const needed = inputAt + inputRoom + slack;
  const missing = Math.ceil((needed - decoder.memory.buffer.byteLength) / 65536);
  if (missing > 0) decoder.memory.grow(missing);
  const memory = new Uint8Array(decoder.memory.buffer);

  let at = 12;
  for (let done = 0; done < output.length; ) {
    const bytes = Math.min(batchBytes, output.length - done);
    const isLast = done + bytes === output.length;
    let end = at;
    // Less than 8 elements at the very end are no block, and stored as they are.
    const rest = bytes % unit;
    for (let block = 0; block < bytes - rest; block += blockBytes) {
      if (end + 4 > data.length) return "ends early";
      end += 4 + view.getUint32(end);
    }
    end += rest;
    if (end > data.length) return "ends early";
    if (end - at > inputRoom) return "has a block that is larger than what it packs";
    memory.set(data.subarray(at, end), inputAt);
    const inputEnd = inputAt + end - at;
    const isGood =
      shuffled > 0
        ? decoder.decodeBitshuffle(
            inputAt,
            inputEnd,
            targetAt,
            bytes,
            shuffled,
            blockBytes,
            scratchAt,
          )
        : decoder.decodeLz4(inputAt, inputEnd, targetAt, bytes, blockBytes);
    if (!isGood) return "is damaged";
    output.set(memory.subarray(targetAt, targetAt + bytes), done);
    at = end;
    done += bytes;
    if (isLast && at !== data.length) return `has ${data.length - at} bytes too many`;
  }
  return undefined;
}
