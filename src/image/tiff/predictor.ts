import { bytesPerSample, hostIsLittleEndian, type SampleType } from "../../samples.js";

/**
 * Undoes the differences along each row, in place (TIFF 6.0, section 14). The samples are in the
 * byte order of this machine.
 */
export function undoHorizontal(bytes: Uint8Array, columns: number, dtype: SampleType): void {
  const { buffer, byteOffset, length } = bytes;
  const size = bytesPerSample(dtype);
  const samples =
    size === 1
      ? bytes
      : size === 2
        ? new Uint16Array(buffer, byteOffset, length / 2)
        : new Uint32Array(buffer, byteOffset, length / 4);
  for (let start = 0; start < samples.length; start += columns) {
    let value = samples[start]!;
    for (let i = start + 1; i < start + columns; i++) {
      // The sum wraps at the width of a sample, also for signed ones and the bits of floats.
      value = (value + samples[i]!) | 0;
      samples[i] = value;
    }
  }
}

/**
 * Undoes the floating-point predictor: each row is the most significant bytes of all its floats,
 * then the next ones …, as differences of bytes (Adobe TIFF Technical Note 3).
 *
 * @returns samples in the byte order of this machine, whatever the file's is.
 */
export function undoFloatingPoint(
  bytes: Uint8Array,
  columns: number,
  dtype: SampleType,
): Uint8Array {
  const size = bytesPerSample(dtype);
  const rowBytes = columns * size;
  const output = new Uint8Array(bytes.length);
  const reversed = hostIsLittleEndian();
  for (let row = 0; row < bytes.length; row += rowBytes) {
    let value = 0;
    for (let plane = 0; plane < size; plane++) {
      const to = row + (reversed ? size - 1 - plane : plane);
      const from = row + plane * columns;
      for (let i = 0; i < columns; i++) {
        value = (value + bytes[from + i]!) & 0xff;
        output[to + i * size] = value;
      }
    }
  }
  return output;
}
