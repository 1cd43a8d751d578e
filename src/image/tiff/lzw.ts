const clearCode = 256;
const endCode = 257;
const tableSize = 4096;

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
  const starts = new Int32Array(tableSize);
  const lengths = new Int32Array(tableSize);
  let next = endCode + 1;
  let width = 9;
  let position = 0;
  let previousStart = 0;
  let previousLength = 0;
  let bits = 0;
  let available = 0;
  let read = 0;

  while (position < length) {
    while (available < width) {
      if (read === data.length) throw endsEarly(position, length);
      bits = (bits << 8) | data[read++]!;
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
    if (code === endCode) throw endsEarly(position, length);
    if (previousLength > 0 && next < tableSize) {
      // The previous string and one byte more, which is the first one that this code writes.
      starts[next] = previousStart;
      lengths[next] = previousLength + 1;
      next++;
    }
    previousStart = position;
    if (code < clearCode) {
      output[position++] = code;
      previousLength = 1;
    } else {
      if (code >= next) {
        throw new Error(`its LZW data are damaged after ${position} of ${length} bytes`);
      }
      previousLength = lengths[code]!;
      const end = Math.min(position + previousLength, length);
      // Byte by byte: a string may run into the one that it writes.
      for (let from = starts[code]!; position < end; ) output[position++] = output[from++]!;
    }
    if (next >= (1 << width) - 1 && width < 12) width++;
  }
  return output;
}

function endsEarly(position: number, length: number): Error {
  return new Error(`its LZW data end after ${position} of ${length} bytes`);
}
