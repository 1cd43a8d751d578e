import { OutputError } from "../errors.js";
import { StagedWriter } from "../host/staged-writer.js";
import { version } from "../version.js";
import type { NamedArray } from "./named-array.js";

const INT8 = 1;
const INT32 = 5;
const UINT32 = 6;
const DOUBLE = 9;
const MATRIX = 14;
const STRUCT_CLASS = 2;
const DOUBLE_CLASS = 6;
/** Bytes that a variable may have. */
const MOST = 2 ** 31 - 1;
/** Characters of a name, with the 0 that ends it. */
const NAME_BYTES = 64;

/** Arrays by their names, groups of them as structures. */
interface Fields extends Map<string, NamedArray | Fields> {}

/**
 * Writes arrays as a MATLAB 5 file, whole or not at all: those without a group as variables, a group as a
 * structure. A profile is a row. Names are made such as MATLAB has them.
 *
 * @throws OutputError, also for a variable of 2 GiB or more, which the format cannot hold
 * @see MathWorks, MAT-File Format, "MAT-File Level 5"
 */
export async function writeMat(path: string, arrays: Iterable<NamedArray>): Promise<void> {
  const root: Fields = new Map();
  for (const array of arrays) put(root, array.path.split("/"), array);
  for (const [name, value] of root) {
    if (sizeOf(value, name) <= MOST) continue;
    throw new OutputError(
      path,
      `not written: ${name} has 2 GiB or more, which a MATLAB 5 file cannot hold; use the HDF5 file, which MATLAB's h5read reads`,
    );
  }
  const file = await StagedWriter.create(path);
  try {
    await file.write(header());
    for (const [name, value] of root) await writeValue(file, name, value);
    await file.commit();
  } finally {
    await file.discard();
  }
}

function put(fields: Fields, [first = "", ...others]: readonly string[], array: NamedArray): void {
  if (others.length === 0) {
    fields.set(unused(fields, first), array);
    return;
  }
  const name = matlabName(first);
  const inner = fields.get(name);
  const group: Fields = inner instanceof Map ? inner : new Map();
  if (group !== inner) fields.set(name, group);
  put(group, others, array);
}

function unused(fields: Fields, wanted: string): string {
  const name = matlabName(wanted);
  if (!fields.has(name)) return name;
  for (let i = 2; ; i++) {
    const other = `${name.slice(0, NAME_BYTES - 8)}_${i}`;
    if (!fields.has(other)) return other;
  }
}

/** Letters, digits and underscores, a letter first, 63 at most. */
function matlabName(name: string): string {
  const plain = name.replace(/\W/g, "_");
  return (/^[A-Za-z]/.test(plain) ? plain : `x${plain}`).slice(0, NAME_BYTES - 1);
}

function header(): Uint8Array {
  const bytes = new Uint8Array(128);
  const text = `MATLAB 5.0 MAT-file, written by cakelab ${version}`;
  bytes.set(new TextEncoder().encode(text.padEnd(116)));
  // Version 0x0100; "IM" says that numbers are little-endian.
  bytes.set([0, 1, 0x49, 0x4d], 124);
  return bytes;
}

async function writeValue(
  file: StagedWriter,
  name: string,
  value: NamedArray | Fields,
): Promise<void> {
  const isStruct = value instanceof Map;
  await file.write(
    tag(MATRIX, sizeOf(value, name)),
    element(UINT32, Uint32Array.of(isStruct ? STRUCT_CLASS : DOUBLE_CLASS, 0)),
    element(INT32, Int32Array.from(isStruct ? [1, 1] : sizesOf(value))),
    element(INT8, new TextEncoder().encode(name)),
  );
  if (isStruct) {
    await file.write(element(INT32, Int32Array.of(NAME_BYTES)), element(INT8, fieldNames(value)));
    for (const inner of value.values()) await writeValue(file, "", inner);
  } else await file.write(element(DOUBLE, byColumns(value)));
}

function fieldNames(fields: Fields): Uint8Array {
  const names = new Uint8Array(NAME_BYTES * fields.size);
  [...fields.keys()].forEach((name, i) => {
    names.set(new TextEncoder().encode(name), NAME_BYTES * i);
  });
  return names;
}

/** Bytes of a matrix without its tag. */
function sizeOf(value: NamedArray | Fields, name: string): number {
  const padded = (bytes: number): number => (bytes <= 4 ? 8 : 8 + 8 * Math.ceil(bytes / 8));
  const flags = 16;
  if (value instanceof Map) {
    let size = flags + padded(8) + padded(name.length) + 8 + padded(NAME_BYTES * value.size);
    for (const inner of value.values()) size += 8 + sizeOf(inner, "");
    return size;
  }
  const count = value.shape.reduce((all, size) => all * size, 1);
  return flags + padded(4 * sizesOf(value).length) + padded(name.length) + padded(8 * count);
}

/** Two at least. */
function sizesOf({ shape }: NamedArray): readonly number[] {
  return shape.length >= 2 ? shape : [1, shape[0] ?? 1];
}

/** MATLAB's first index is the one that runs. */
function byColumns({ shape, data }: NamedArray): Float64Array {
  const values = data();
  if (shape.length < 2) return values;
  const result = new Float64Array(values.length);
  const place = shape.map(() => 0);
  const steps = shape.map((_, i) => shape.slice(0, i).reduce((all, size) => all * size, 1));
  let to = 0;
  for (let from = 0; from < values.length; from++) {
    result[to] = values[from]!;
    for (let i = shape.length - 1; i >= 0; i--) {
      to += steps[i]!;
      if (++place[i]! < shape[i]!) break;
      to -= shape[i]! * steps[i]!;
      place[i] = 0;
    }
  }
  return result;
}

function tag(type: number, bytes: number): Uint8Array {
  return new Uint8Array(Uint32Array.of(type, bytes).buffer);
}

/** With its tag, filled up to 8 bytes; up to 4 bytes lie in the tag. */
function element(type: number, data: ArrayBufferView): Uint8Array {
  const content = new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength);
  if (content.length > 0 && content.length <= 4) {
    const small = new Uint8Array(8);
    small.set(tag(type + content.length * 2 ** 16, 0));
    small.set(content, 4);
    return small;
  }
  const bytes = new Uint8Array(8 + 8 * Math.ceil(content.length / 8));
  bytes.set(tag(type, content.length));
  bytes.set(content, 8);
  return bytes;
}
