import { readFileSync } from "node:fs";
import type { Digest } from "./image-fixtures.js";

export interface FormatFile {
  name: string;
  bytes: Uint8Array;
  /** Whether CakeLab does not read such files. */
  refused: boolean;
  fabio?: Digest;
  frames?: Digest[];
}

export interface FormatMutation {
  /** What was changed, for messages. */
  name: string;
  base: string;
  bytes: Uint8Array;
  /** Nothing where FabIO fails. */
  fabio: Digest | null;
}

interface Index {
  files: (Omit<FormatFile, "bytes"> & { offset: number; length: number })[];
  mutations: {
    base: string;
    edits: [number, number][];
    cut: number | null;
    fabio: Digest | null;
  }[];
}

const folder = new URL("../fixtures/formats/", import.meta.url);

/** The files that test/fixtures/formats.py made, with what FabIO reads from each. */
export function formatFixtures(): { files: FormatFile[]; mutations: FormatMutation[] } {
  const index: Index = JSON.parse(readFileSync(new URL("formats.json", folder), "utf8"));
  const blob = readFileSync(new URL("formats.bin", folder));
  const files = index.files.map(({ offset, length, ...file }) => ({
    ...file,
    bytes: new Uint8Array(blob.subarray(offset, offset + length)),
  }));
  const bytesOf = new Map(files.map(({ name, bytes }) => [name, bytes]));
  const mutations = index.mutations.map(({ base, edits, cut, fabio }, i) => {
    const bytes = bytesOf.get(base)!.slice();
    for (const [offset, value] of edits) bytes[offset] = value;
    const name = `${i}: ${base} ${JSON.stringify(edits)} ${cut ?? ""}`;
    return { name, base, fabio, bytes: bytes.slice(0, cut ?? bytes.length) };
  });
  return { files, mutations };
}

/** One of the files by its name. */
export function formatFixture(name: string): Uint8Array {
  return formatFixtures().files.find((file) => file.name === name)!.bytes;
}
