import { overruleMidas } from "../../config/midas/overrule.js";
import type { MidasParameters } from "../../config/midas/parameters.js";
import { parseMidasParameters } from "../../config/midas/parse.js";
import { readMidasParameters } from "../../config/midas/read.js";
import { FileAccessError } from "../../errors.js";
import { nodeModule } from "../../host/node.js";

/** The parameters of a workflow. */
export interface ParameterSource {
  /** A parameter file, or what was read of one. */
  readonly parameters: string | MidasParameters;
  /** Values of a file's keys that go before its own. */
  readonly overrides?: Readonly<Record<string, string>>;
}

/** @throws FileAccessError, FileFormatError, OptionError */
export async function parametersOf({
  parameters,
  overrides = {},
}: ParameterSource): Promise<MidasParameters> {
  if (typeof parameters !== "string") return parameters;
  if (Object.keys(overrides).length === 0) return readMidasParameters(parameters);
  const { readFile } = nodeModule("node:fs/promises");
  const text = await readFile(parameters, "utf8").catch((cause: unknown) => {
    const what = "this MIDAS parameter file cannot be read; check the path and its permissions";
    throw new FileAccessError(parameters, what, { cause });
  });
  return parseMidasParameters(overruleMidas(text, overrides), parameters);
}
