import { OptionError } from "../../errors.js";
import { suggest } from "../../suggest.js";
import { KEYS, NEW_NAMES } from "./keys.js";

/**
 * A parameter file's text with other values of some keys: what the file says of them is left out.
 *
 * @param values one text a key, such as `{ RMax: "500" }`
 * @throws OptionError for a key that is not understood
 */
export function overruleMidas(text: string, values: Readonly<Record<string, string>>): string {
  for (const key of Object.keys(values)) {
    if (isMidasKey(key)) continue;
    const near = suggest(key, Object.keys(KEYS));
    const remedy = near.length > 0 ? `did you mean ${near.join(" or ")}?` : "see MIDAS' manual";
    throw new OptionError(key, values[key], `no parameter file has the key ${key}; ${remedy}`);
  }
  const kept = text
    .split(/\r\n|\r|\n/)
    .filter((line) => !Object.hasOwn(values, /^\s*(\S+)/.exec(line)?.[1] ?? ""));
  const lines = Object.entries(values).map(([key, value]) => `${key} ${value}`);
  return [...kept, ...lines, ""].join("\n");
}

/** Whether a parameter file may have a key. */
export function isMidasKey(key: string): boolean {
  return (
    Object.hasOwn(KEYS, key) || Object.hasOwn(NEW_NAMES, key) || ["px", "NrPixels"].includes(key)
  );
}
