import { ConfigError } from "./parse-yaml.js";

/** An object of a JSON file. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** No configuration is longer; it may list every file of a scan. */
const maxLength = 2 ** 26;

/**
 * The object that a JSON file of Python's holds. `NaN` and `Infinity`, which Python writes and JSON does
 * not have, are `null`.
 *
 * @throws ConfigError
 */
export function parseLooseJson(text: string, path: string): JsonObject {
  if (text.length > maxLength) {
    throw new ConfigError(path, `is longer than ${maxLength} characters; is it a configuration?`);
  }
  const strict = text.replace(/"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/gs, (token) =>
    token.startsWith('"') ? token : "null",
  );
  let value: unknown;
  try {
    value = JSON.parse(strict);
  } catch (cause) {
    throw new ConfigError(path, `is no valid JSON: ${(cause as Error).message}`, { cause });
  }
  if (!isObject(value)) throw new ConfigError(path, "is to hold an object, { … }");
  return value;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
