import { type SampleType, samplesFromBytes } from "../../samples.js";
import type { FileSource } from "../file-source.js";
import type { BrukerHeader } from "./header.js";

const types: Readonly<Record<number, SampleType>> = { 1: "uint8", 2: "uint16", 4: "int32" };
const underflowTypes: Readonly<Record<number, SampleType>> = { 1: "int8", 2: "int16", 4: "int32" };

/**
 * The pixels of a frame of format 100: bytes; where one is 255, the next of a table of 16 bits; where
 * that is 65535, the next of a table of 32 bits; where one is 0, the next of a table of underflows.
 * A baseline is added to all but the last. `NOVERFL` −1 means that there is neither.
 *
 * @throws Error for tables that do not fit the pixels, or the source's own.
 */
export async function readPixels100(source: FileSource, header: BrukerHeader): Promise<Int32Array> {
  const { rows, columns, dataOffset, entries, numbers } = header;
  const [pixelBytes = 0, underflowBytes = 1] = numbers("NPIXELB");
  const dtype = types[pixelBytes];
  if (dtype === undefined) throw new Error(`unsupported: pixels of ${entries.NPIXELB} bytes`);
  const [underflows = 0, overflows1 = 0, overflows2 = 0] = numbers("NOVERFL");
  let at = dataOffset;
  const table = async (count: number, type: SampleType | undefined, size: number) => {
    if (type === undefined) throw new Error(`its header says NPIXELB: ${entries.NPIXELB}`);
    if (count <= 0) return undefined;
    if (count > rows * columns) throw new Error(`its header says NOVERFL: ${entries.NOVERFL}`);
    const values = samplesFromBytes(await source.read(at, count * size), type, true);
    // Every table is filled up to 16 bytes.
    at += 16 * Math.ceil((count * size) / 16);
    return values;
  };
  const stored = await source.read(at, rows * columns * pixelBytes);
  at += stored.length;
  const data = Int32Array.from(samplesFromBytes(stored, dtype, true));
  const under = await table(underflows, underflowTypes[underflowBytes], underflowBytes);
  const over1 = await table(overflows1, "uint16", 2);
  const over2 = await table(overflows2, "int32", 4);
  if (pixelBytes === 1) replace(data, 255, over1);
  if (pixelBytes < 4) replace(data, 65535, over2);
  const baseline = underflows === -1 ? 0 : numbers("NEXP")[2];
  if (baseline === undefined) throw new Error("its header has no baseline (NEXP)");
  if (under === undefined) {
    for (let i = 0; i < data.length; i++) data[i]! += baseline;
    return data;
  }
  let next = 0;
  for (let i = 0; i < data.length; i++) {
    if (data[i] === 0) data[i] = under[next++] ?? 0;
    else data[i]! += baseline;
  }
  if (next !== under.length) throw misfit(next, under.length, "underflows");
  return data;
}

/** Puts the next value of a table wherever `mark` stands. */
function replace(data: Int32Array, mark: number, table: ArrayLike<number> | undefined): void {
  if (table === undefined) return;
  let next = 0;
  for (let i = 0; i < data.length; i++) {
    if (data[i] === mark) data[i] = table[next++] ?? 0;
  }
  if (next !== table.length) throw misfit(next, table.length, `pixels of ${mark}`);
}

function misfit(found: number, count: number, what: string): Error {
  return new Error(`has ${found} ${what} and a table of ${count} for them; it is damaged`);
}
