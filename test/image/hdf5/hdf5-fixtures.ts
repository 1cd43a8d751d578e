import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Digest } from "../image-fixtures.js";

/** A changed file: its base, the bytes [offset, value] that differ, where it ends, what h5py reads. */
export interface Hdf5Mutation {
  base: string;
  edits: [number, number][];
  cut: number | null;
  h5py: Digest | null;
}

interface Index {
  files: { name: string; offset: number; length: number }[];
  values: Record<string, Digest[]>;
  mutations: Hdf5Mutation[];
  /** Where the first chunk of each `/uint16/<filter>` of types.h5 lies. */
  chunks: Record<string, number>;
}

const folder = new URL("../../fixtures/hdf5/", import.meta.url);
const index: Index = JSON.parse(readFileSync(new URL("hdf5.json", folder), "utf8"));
const blob = gunzipSync(readFileSync(new URL("hdf5.bin.gz", folder)));

/** What h5py reads from each address of the files of test/fixtures/hdf5.py, the first frames of it. */
export const hdf5Values = index.values;
export const hdf5Chunks = index.chunks;
export const hdf5Mutations = index.mutations;

/** The bytes of one of the files. */
export function hdf5Bytes(name: string): Uint8Array {
  const file = index.files.find((candidate) => candidate.name === name)!;
  return blob.subarray(file.offset, file.offset + file.length);
}

/** Writes the files into a new folder, and one beside it; the folder of the files. */
export function hdf5Folder(): { root: string; files: string } {
  const root = mkdtempSync(join(tmpdir(), "cakelab-hdf5-"));
  const files = join(root, "files");
  mkdirSync(files);
  for (const { name } of index.files) writeFileSync(join(files, name), hdf5Bytes(name));
  return { root, files };
}
