import { parseDocument } from "yaml";
import { CakelabError } from "../errors.js";

/** A configuration that cannot be understood. */
export class ConfigError extends CakelabError {
  readonly tag = "config";
  readonly path: string;

  constructor(path: string, message: string, options?: { cause?: unknown }) {
    super(`${path}: ${message}`, options);
    this.path = path;
  }
}

/** No configuration is longer; a slip such as an image's name is then not read as text. */
const maxLength = 2 ** 20;

/**
 * The value of a YAML 1.2 document, strictly: no key twice, no tag, no alias (a few lines of them can
 * stand for gigabytes). `010` is ten, `1_000` and `no` are texts, as YAML 1.2 has it.
 *
 * @throws ConfigError naming the line.
 */
export function parseYaml(text: string, path: string): unknown {
  if (text.length > maxLength) {
    throw new ConfigError(path, `is longer than ${maxLength} characters; is it a configuration?`);
  }
  const document = parseDocument(text, { version: "1.2", schema: "core", uniqueKeys: true });
  const [problem] = [...document.errors, ...document.warnings];
  if (problem !== undefined) {
    throw new ConfigError(path, `is no valid YAML: ${firstLines(problem.message)}`, {
      cause: problem,
    });
  }
  try {
    return document.toJS({ maxAliasCount: 0 });
  } catch (error) {
    throw new ConfigError(
      path,
      "uses aliases (*name); write the values out, and put a text that begins with * in quotes",
      { cause: error },
    );
  }
}

function firstLines(message: string): string {
  return message.replace(/\s+/g, " ").trim();
}
