import { headerValue } from "../image/header-value.js";
import { suggest } from "../suggest.js";

type Header = Readonly<Record<string, string>>;

/**
 * A number of a frame's header: a motor's position, a monitor's counts. Datasets of HDF5 files are
 * found by their name, by their path in the entry, and by their path in the file.
 */
export function frameValue(header: Header, name: string): number | undefined {
  for (const key of keysOf(name)) {
    const value = headerValue({ header }, key);
    if (typeof value === "number") return value;
  }
  return undefined;
}

/** The unit that a header has for such a number. */
export function frameUnit(header: Header, name: string): string | undefined {
  const key = keysOf(name).find((candidate) => `${candidate}@units` in header);
  return key === undefined ? undefined : header[`${key}@units`];
}

function keysOf(name: string): string[] {
  const inFile = name.replace(/^\//, "");
  return [name, inFile, inFile.replace(/^[^/]+\//, "")];
}

/** What to do where a header has no such value. */
export function valueRemedy(header: Header, name: string): string {
  const near = suggest(
    name,
    Object.keys(header).filter((key) => !key.endsWith("@units")),
  );
  return near.length > 0 ? `did you mean ${near.join(" or ")}?` : "name it as the file does";
}
