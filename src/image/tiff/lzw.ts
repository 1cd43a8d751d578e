const clearCode = 256;
const endCode = 257;

/**
 * Decodes TIFF's LZW: codes of 9 to 12 bits, most significant bit first, each width one code
 * early (TIFF 6.0, section 13).
 *
 * geotiff's decoder is not used: on a large single strip it ends the whole process ("Fatal
 * JavaScript invalid size error"). Here the output has a fixed size, and since every string of the
 * code table has been written before, the table only keeps where it lies in the output.
 *
 * @returns `length` bytes
 * @throws Error for data that ends early or is damaged.
 */
export function decodeLzw(data: Uint8Array, length: number): Uint8Array {
  if (data[0] === 0 && (data[1]! & 1) === 1) {
    throw new Error("unsupported compression: old-style LZW; convert it to deflate or none");
  }
  const output = new Uint8Array(length);
  const starts = new Uint32Array(4097);
  const lengths = new Uint16Array(4097);
  let position = 0;
  let next = endCode + 1;
  let width = 9;
  let bits = 0;
  let available = 0;
  let read = 0;
  let previousStart = 0;
  let previousLength = 0;

  while (position < length) {
    while (available < width) {
      if (read === data.length)
        throw new Error(`its LZW data end after ${position} of ${length} bytes`);
      bits = ((bits & 0xffff) << 8) | data[read++]!;
      available += 8;
    }
    available -= width;
    const code = (bits >>> available) & ((1 << width) - 1);

    if (code === clearCode) {
      next = endCode + 1;
      width = 9;
      previousLength = 0;
      continue;
    }
    if (code === endCode) throw new Error(`its LZW data end after ${position} of ${length} bytes`);

    if (previousLength > 0 && next < 4096) {
      // Previous string plus the byte after it, which is the first of the string to be written.
      starts[next] = previousStart;
      lengths[next] = previousLength + 1;
      next++;
    }
    const start = position;
    if (code < clearCode) {
      output[position++] = code;
    } else {
      if (code >= next)
        throw new Error(`its LZW data are damaged after ${position} of ${length} bytes`);
      let from = starts[code]!;
      const end = Math.min(position + lengths[code]!, length);
      while (position < end) output[position++] = output[from++]!;
    }
    previousStart = start;
    previousLength = code < clearCode ? 1 : lengths[code]!;
    if (next + 1 >= 1 << width && width < 12) width++;
  }
  return output;
}
