import { readFileSync } from "node:fs";
import { crc32 } from "node:zlib";
import type { Image } from "../../src/array.js";

/** What was read: element type, shape, CRC-32 of the samples; from FabIO also its reader. */
export type Digest = [dtype: string, shape: number[], crc: number, reader?: "TiffIO" | "PIL"];

type Oracle = "fabio" | "tifffile" | "numpy";

export interface FixtureFile extends Partial<Record<Oracle, Digest | null>> {
  name: string;
  bytes: Uint8Array;
  /** Whether CakeLab does not read such files. */
  refused: boolean;
  frames?: Digest[];
}

export interface Mutation extends Partial<Record<Oracle, Digest | null>> {
  /** What was changed, for messages. */
  name: string;
  bytes: Uint8Array;
}

interface Index {
  files: (FixtureFile & { offset: number; length: number })[];
  mutations: (Mutation & { base: string; edits: [number, number][]; cut: number | null })[];
}

const folder = new URL("../fixtures/images/", import.meta.url);

/** The files that test/fixtures/images.py made, with what the oracles read from each. */
export function imageFixtures(kind: "tiff" | "npy"): {
  files: FixtureFile[];
  mutations: Mutation[];
} {
  const index: Index = JSON.parse(readFileSync(new URL(`${kind}.json`, folder), "utf8"));
  const blob = readFileSync(new URL(`${kind}.bin`, folder));
  const files = index.files.map((file) => ({
    ...file,
    bytes: new Uint8Array(blob.subarray(file.offset, file.offset + file.length)),
  }));
  const bytesOf = new Map(files.map(({ name, bytes }) => [name, bytes]));
  const mutations = index.mutations.map(({ base, edits, cut, ...verdicts }, i) => {
    const bytes = bytesOf.get(base)!.slice();
    for (const [offset, value] of edits) bytes[offset] = value;
    return {
      ...verdicts,
      name: `${i}: ${base} ${JSON.stringify(edits)} ${cut ?? ""}`,
      bytes: bytes.slice(0, cut ?? bytes.length),
    };
  });
  return { files, mutations };
}

/** One of the files by its name. */
export function imageFixture(kind: "tiff" | "npy", name: string): Uint8Array {
  return imageFixtures(kind).files.find((file) => file.name === name)!.bytes;
}

export function digest({ data, shape }: Image): Digest {
  const dtype = data.constructor.name.replace("Array", "").toLowerCase();
  return [dtype, shape, crc32(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))];
}

/** What FabIO read from each of the real files. */
export function realFiles(): {
  name: string;
  read: Digest;
  sum: number;
  pixels: [row: number, column: number, value: number][];
}[] {
  return JSON.parse(readFileSync(new URL("real.json", folder), "utf8")).files;
}
