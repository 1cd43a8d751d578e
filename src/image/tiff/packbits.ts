/**
 * Decodes PackBits: runs of equal bytes and runs of literal bytes (TIFF 6.0, section 9).
 *
 * @returns `length` bytes
 * @throws Error for data that end early.
 */
export function decodePackBits(data: Uint8Array, length: number): Uint8Array {
  const output = new Uint8Array(length);
  let read = 0;
  let position = 0;
  while (position < length) {
    if (read >= data.length) {
      throw new Error(`its PackBits data end after ${position} of ${length} bytes`);
    }
    const head = data[read++]!;
    if (head === 128) continue;
    if (head > 128) {
      if (read >= data.length) continue;
      const end = Math.min(position + 257 - head, length);
      output.fill(data[read++]!, position, end);
      position = end;
    } else {
      const literal = data.subarray(read, Math.min(read + head + 1, read + length - position));
      output.set(literal, position);
      position += literal.length;
      read += head + 1;
    }
  }
  return output;
}
