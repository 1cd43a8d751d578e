import { readFileSync } from "node:fs";
import type { TypedArray } from "../../src/array.js";

/** An array as numpy stored it: any number of dimensions, row-major. */
export interface NpyArray {
  data: TypedArray;
  shape: number[];
}

const READERS: Record<string, (bytes: ArrayBuffer) => TypedArray> = {
  "<f8": (bytes) => new Float64Array(bytes),
  "<f4": (bytes) => new Float32Array(bytes),
  "<i8": (bytes) => Float64Array.from(new BigInt64Array(bytes), Number),
  "<i4": (bytes) => new Int32Array(bytes),
  "<u4": (bytes) => new Uint32Array(bytes),
  "<i2": (bytes) => new Int16Array(bytes),
  "<u2": (bytes) => new Uint16Array(bytes),
  "|i1": (bytes) => new Int8Array(bytes),
  "|u1": (bytes) => new Uint8Array(bytes),
};

/** Reads a fixture; apart from the library's own reader, so that it is no judge in its own cause. */
export function readFixture(path: string): NpyArray {
  const file = readFileSync(path);
  const wide = file[6]! > 1;
  const start = wide ? 12 : 10;
  const length = wide ? file.readUInt32LE(8) : file.readUInt16LE(8);
  const header = file.toString("latin1", start, start + length);
  const type = /'descr': '([^']+)'/.exec(header)?.[1] ?? "";
  const shape = (/'shape': \(([^)]*)\)/.exec(header)?.[1] ?? "").split(",").filter((n) => n.trim());
  const read = READERS[type];
  if (read === undefined || header.includes("'fortran_order': True")) {
    throw new Error(`${path}: ${header}`);
  }
  const body = file.subarray(start + length);
  const bytes = new ArrayBuffer(body.length);
  new Uint8Array(bytes).set(body);
  return { data: read(bytes), shape: shape.map(Number) };
}
