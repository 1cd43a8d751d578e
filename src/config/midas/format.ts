import { KEYS, type KeyKind } from "./keys.js";
import { MIDAS_DEFAULTS, type MidasParameters, type MidasValues } from "./parameters.js";

/**
 * The text of a MIDAS parameter file: what differs from the defaults, then the lines that are not
 * understood here. Every number comes back exactly.
 */
export function formatMidasParameters(parameters: MidasParameters): string {
  const defaults: Partial<MidasValues> = MIDAS_DEFAULTS;
  const known = (Object.entries(KEYS) as [keyof MidasValues, KeyKind][]).flatMap(([key, kind]) => {
    const value = parameters[key];
    if (isSame(value, defaults[key])) return [];
    return kind === "repeated"
      ? (value as readonly number[]).map((each) => `${key} ${each}`)
      : [`${key} ${textOf(value)}`];
  });
  const others = parameters.others.map(({ key, value }) => `${key} ${value}`.trimEnd());
  return `${[...known, ...others].join("\n")}\n`;
}

function isSame(a: MidasValues[keyof MidasValues], b: typeof a | undefined): boolean {
  return Array.isArray(a) && Array.isArray(b)
    ? a.length === b.length && a.every((value, i) => value === b[i])
    : a === b;
}

function textOf(value: MidasValues[keyof MidasValues]): string {
  if (typeof value === "boolean") return value ? "1" : "0";
  return Array.isArray(value) ? value.join(" ") : String(value);
}
