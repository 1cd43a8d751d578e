import type { NumberedFiles } from "../config/map-config.js";
import { FileAccessError } from "../errors.js";
import { nodeModule } from "../host/node.js";

/**
 * The paths of numbered files: a star stands for the number with four digits; without a star, the zeros
 * at the end of the name say how many digits it has. Without numbers, a glob of all there are.
 *
 * @throws FileAccessError for files that are not there: better now than in the middle of a scan.
 */
export function numberedFiles(
  { directory, file_name, numbers }: NumberedFiles,
  base: string,
): string[] {
  const { join, resolve } = nodeModule("node:path");
  const { existsSync } = nodeModule("node:fs");
  const folder = resolve(base, directory);
  if (numbers === undefined) return [join(folder, file_name)];
  const isStarred = file_name.includes("*");
  const zeros = /0+(?=\.[^/\\]*$|$)/.exec(file_name)?.[0];
  if (!isStarred && zeros === undefined) {
    throw new FileAccessError(
      join(folder, file_name),
      "has no place for its number: write a star there, or zeros before the extension",
    );
  }
  const name = (number: number): string =>
    isStarred
      ? file_name.replaceAll("*", `${number}`.padStart(4, "0"))
      : file_name.replace(/0+(?=\.[^/\\]*$|$)/, `${number}`.padStart(zeros!.length, "0"));
  const paths = numbers.map((number) => join(folder, name(number)));
  const missing = paths.filter((path) => !existsSync(path));
  if (missing.length === 0) return paths;
  throw new FileAccessError(
    missing[0]!,
    `is not there${missing.length > 1 ? `, nor are ${missing.length - 1} others of the ${paths.length}` : ""}; correct the numbers, or leave them out to take all files of the name`,
  );
}
