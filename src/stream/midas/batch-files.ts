import { OptionError } from "../../errors.js";
import { nodeModule } from "../../host/node.js";

/** Which files of a numbered series are taken. */
export interface BatchFiles {
  /** The first one; others have other numbers in its name. */
  readonly dataFile: string;
  /** Default: the number in its name. */
  readonly startFile?: number;
  /** Default: the first file alone. */
  readonly endFile?: number;
}

/**
 * The paths of a numbered series, whether they are there or not. The number in the name is the one that is
 * `startFile`, else six digits, else the last one.
 *
 * @throws OptionError where the name has no such number, or the last one comes before the first
 */
export function batchFiles({ dataFile, startFile, endFile }: BatchFiles): string[] {
  if (startFile === undefined && endFile === undefined) return [dataFile];
  const { basename, dirname, join } = nodeModule("node:path");
  const name = basename(dataFile);
  const digits = numberIn(name, startFile);
  if (digits === undefined) {
    const what = startFile === undefined ? "a number" : `the number ${startFile}`;
    throw new OptionError(
      "dataFile",
      dataFile,
      `its name is to have ${what}, such as scan_000001.tif, where several files are asked for`,
    );
  }
  const first = Number(digits.text);
  const last = endFile ?? first;
  if (last < first) {
    throw new OptionError("endFile", last, `${last} comes before the first file, ${first}`);
  }
  const [before, after] = [name.slice(0, digits.at), name.slice(digits.at + digits.text.length)];
  return Array.from({ length: last - first + 1 }, (_, i) => {
    const number = `${first + i}`.padStart(digits.text.length, "0");
    const file = `${before}${number}${after}`;
    return dirname(dataFile) === "." && !dataFile.startsWith("./")
      ? file
      : join(dirname(dataFile), file);
  });
}

function numberIn(
  name: string,
  value: number | undefined,
): { readonly text: string; readonly at: number } | undefined {
  const found = [...name.matchAll(/\d+/g)].map((match) => ({ text: match[0], at: match.index }));
  if (value !== undefined) return found.findLast(({ text }) => Number(text) === value);
  return found.find(({ text }) => text.length === 6) ?? found.at(-1);
}
