import { FileFormatError } from "../errors.js";
import { suggest } from "../suggest.js";

/** A value of the file with its key as it is written there. */
export interface PoniEntry {
  readonly key: string;
  readonly text: string;
}

/** The entries of a PONI file by their key in lower case. */
export type PoniEntries = ReadonlyMap<string, PoniEntry>;

const KEYS = [
  "poni_version",
  "Detector",
  "Detector_config",
  "PixelSize1",
  "PixelSize2",
  "SplineFile",
  "Distance",
  "Dist",
  "Poni1",
  "Poni2",
  "Rot1",
  "Rot2",
  "Rot3",
  "Wavelength",
  "Parallax",
];

/** Splits the text into entries; comments and empty lines are left out. */
export function readEntries(text: string, path: string): PoniEntries {
  const entries = new Map<string, PoniEntry>();
  text.split(/\r\n|\r|\n/).forEach((whole, index) => {
    const line = whole.replace(/^\uFEFF/, "").trim();
    if (line === "" || line.startsWith("#")) return;
    const colon = line.indexOf(":");
    if (colon < 0) {
      const shown = line.length > 60 ? `${line.slice(0, 60)}…` : line;
      throw new FileFormatError(
        path,
        `line ${index + 1} is not "key: value" but ${JSON.stringify(shown)}; is this a PONI file?`,
      );
    }
    const key = line.slice(0, colon).trim();
    entries.set(key.toLowerCase(), { key, text: line.slice(colon + 1).trim() });
  });
  return entries;
}

/** The unknown key of the file that may be a mistyped `key`. */
export function mistypedKey(entries: PoniEntries, key: string): string | undefined {
  const known = new Set(KEYS.map((name) => name.toLowerCase()));
  const written = [...entries.values()].map((entry) => entry.key);
  return suggest(
    key,
    written.filter((name) => !known.has(name.toLowerCase())),
    1,
  )[0];
}

/** The entry of a key that must be there. */
export function requireEntry(entries: PoniEntries, key: string, path: string): PoniEntry {
  const entry = entries.get(key.toLowerCase());
  if (entry !== undefined) return entry;
  const near = mistypedKey(entries, key);
  const hint = near === undefined ? "add it, or calibrate again" : `is "${near}" meant to be it?`;
  throw new FileFormatError(path, `the key ${key} is missing; ${hint}`);
}

/** The finite number that a key must have. */
export function readNumber(entries: PoniEntries, key: string, path: string): number {
  const { text } = requireEntry(entries, key, path);
  const isNumber = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text);
  const value = isNumber ? Number(text) : Number.NaN;
  if (Number.isFinite(value)) return value;
  throw new FileFormatError(
    path,
    `${key} is ${JSON.stringify(text)}, which is not a finite number; correct it or calibrate again`,
  );
}
