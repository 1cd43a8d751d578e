import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Image } from "../../src/array.js";
import type { MidasParameters } from "../../src/config/midas/parameters.js";
import { parseMidasParameters } from "../../src/config/midas/parse.js";
import { setNoticeHook } from "../../src/notice.js";
import { readFixture } from "./npy.js";

const FOLDER = join(import.meta.dirname, "../fixtures/midas");

interface CaseList {
  versions: Record<string, string>;
  cases: { name: string; bins: [number, number]; arrays: [name: string, length: number][] }[];
}

/** An integration by midas-integrate, and what it made of it. */
export interface MidasCase {
  readonly name: string;
  /** With the files that the parameters name, Map.bin and nMap.bin. */
  readonly folder: string;
  readonly bins: readonly [radial: number, azimuthal: number];
  readonly parameters: MidasParameters;
  readonly frame: Image;
  expected(name: string): Float64Array;
}

const list = JSON.parse(readFileSync(join(FOLDER, "cases.json"), "utf8")) as CaseList;

export const midasCases: MidasCase[] = list.cases.map(({ name, bins, arrays }) => {
  const folder = join(FOLDER, name);
  const path = join(folder, "parameters.txt");
  const { data } = readFixture(join(folder, "expected.npy"));
  const parts = new Map<string, Float64Array>();
  let at = 0;
  for (const [key, length] of arrays) {
    parts.set(key, data.slice(at, at + length) as Float64Array);
    at += length;
  }
  const frame = readFixture(join(folder, "frame.npy"));
  return {
    name,
    folder,
    bins,
    parameters: parseMidasParameters(readFileSync(path, "utf8"), path),
    frame: { data: frame.data, shape: frame.shape as [number, number] },
    expected(key) {
      const values = parts.get(key);
      if (values === undefined) throw new Error(`${name} has no ${key}`);
      return values;
    },
  };
});

export function midasCase(name: string): MidasCase {
  return midasCases.find((found) => found.name === name)!;
}

/** Does some work and keeps what notices it makes. */
export async function withNotices<T>(work: () => T | Promise<T>): Promise<[T, string[]]> {
  const notices: string[] = [];
  const previous = setNoticeHook((text) => notices.push(text));
  try {
    return [await work(), notices];
  } finally {
    setNoticeHook(previous);
  }
}

/** The largest difference, of values beyond 1 relative to them. */
export function farthest(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  let most = 0;
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(actual[i]! - expected[i]!) / Math.max(1, Math.abs(expected[i]!));
    if (!(difference <= most)) most = Number.isNaN(difference) ? Infinity : difference;
  }
  return most;
}
