import { OutputError } from "../../errors.js";
import { nodeModule } from "../../host/node.js";

/** Which files results were made from. */
export interface InputOptions {
  readonly inputs?: readonly string[];
  readonly checksums?: boolean;
}

/** A file that results were made from. */
export interface InputFile {
  readonly path: string;
  /** SHA-256 in hexadecimal digits. */
  readonly sha256: string;
}

/** The inputs with their checksums, or with empty ones where none are wanted. */
export async function inputsOf({
  inputs = [],
  checksums: wanted = true,
}: InputOptions): Promise<InputFile[]> {
  return wanted ? checksums(inputs) : inputs.map((path) => ({ path, sha256: "" }));
}

/**
 * The files of inputs with their checksums; of addresses such as `scan.h5::/entry/data[3]` and
 * sources such as `scan.edf#3` the file alone.
 *
 * @throws OutputError for a file that cannot be read.
 */
async function checksums(inputs: readonly string[]): Promise<InputFile[]> {
  const paths = new Set(inputs.map((input) => input.replace(/(::.*|#\d+)$/s, "")));
  const files: InputFile[] = [];
  for (const path of paths) files.push({ path, sha256: await sha256(path) });
  return files;
}

async function sha256(path: string): Promise<string> {
  const hash = nodeModule("node:crypto").createHash("sha256");
  const stream = nodeModule("node:fs").createReadStream(path, { highWaterMark: 2 ** 20 });
  try {
    for await (const part of stream) hash.update(part);
  } catch (error) {
    throw new OutputError(
      path,
      "its checksum cannot be computed because it cannot be read; leave it out of inputs, or set checksums to false",
      { cause: error },
    );
  }
  return hash.digest("hex");
}
