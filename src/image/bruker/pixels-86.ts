import type { TypedArray } from "../../array.js";
import { type SampleType, samplesFromBytes } from "../../samples.js";
import type { FileSource } from "../file-source.js";
import type { BrukerHeader } from "./header.js";

const types: Readonly<Record<number, SampleType>> = { 1: "uint8", 2: "uint16", 4: "uint32" };
/** Nine digits of intensity, seven of place. */
const entryBytes = 16;

/**
 * The pixels of a frame of format 86: whole numbers of `NPIXELB` bytes; those that do not fit come
 * after them as text. `LINEAR` other than 1 and 0 makes them float32.
 *
 * @throws Error for what is not there or contradicts itself, or the source's own.
 */
export async function readPixels86(source: FileSource, header: BrukerHeader): Promise<TypedArray> {
  const { rows, columns, dataOffset, entries, numbers } = header;
  const dtype = types[numbers("NPIXELB")[0]!];
  if (dtype === undefined) throw new Error(`unsupported: pixels of ${entries.NPIXELB} bytes`);
  const orders = [entries.WORDORD ?? "0", entries.LONGORD ?? "0"];
  if (dtype !== "uint8" && orders.some((order) => Number(order) !== 0)) {
    throw new Error("unsupported: high byte first (WORDORD, LONGORD)");
  }
  const length = rows * columns * numbers("NPIXELB")[0]!;
  const stored = samplesFromBytes(await source.read(dataOffset, length), dtype, true);
  const overflows = numbers("NOVERFL")[0]!;
  if (overflows > stored.length) throw new Error(`its header says ${overflows} overflows`);
  let data: TypedArray = stored;
  if (overflows > 0) {
    data = Uint32Array.from(stored);
    const table = await source.read(dataOffset + length, overflows * entryBytes);
    for (let at = 0; at < table.length; at += entryBytes) {
      const text = String.fromCharCode(...table.subarray(at, at + entryBytes));
      const [, intensity, place] = /^([\d ]{9})([\d ]{7})$/.exec(text) ?? [];
      const index = Number(place?.trim() || Number.NaN);
      const value = Number(intensity?.trim() || Number.NaN);
      if (!(index < data.length) || !(value >= 0)) {
        throw new Error("its table of overflows is damaged");
      }
      data[index] = value;
    }
  }
  return scaled(data, entries.LINEAR);
}

/** The type that the pixels are read as. */
export function dtypeOf86({ entries, numbers }: BrukerHeader): SampleType {
  if (!isPlain(linearOf(entries.LINEAR))) return "float32";
  return numbers("NOVERFL")[0]! > 0 ? "uint32" : (types[numbers("NPIXELB")[0]!] ?? "uint32");
}

function linearOf(linear: string | undefined): [slope: number, offset: number] {
  const [slope = 1, offset = 0] = (linear ?? "1 0").split(/\s+/).map(Number);
  return [slope, offset];
}

function isPlain([slope, offset]: readonly [number, number]): boolean {
  return slope === 1 && offset === 0;
}

function scaled(data: TypedArray, linear: string | undefined): TypedArray {
  const [slope, offset] = linearOf(linear);
  if (!Number.isFinite(slope) || !Number.isFinite(offset)) {
    throw new Error(`its header says LINEAR: ${linear}; it is damaged`);
  }
  if (isPlain([slope, offset])) return data;
  return Float32Array.from(data, (value) => value * slope + offset);
}
