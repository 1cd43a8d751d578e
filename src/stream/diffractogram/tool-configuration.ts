import { type JsonObject, parseLooseJson } from "../../config/loose-json.js";
import { ConfigError } from "../../config/parse-yaml.js";
import { reportNotice } from "../../notice.js";
import { suggest } from "../../suggest.js";
import { MOST_RANGES } from "./diffractogram-settings.js";
import { MOST_ROWS } from "./pattern-buffer.js";
import { type DiffractogramRange, sectorOf } from "./sector.js";
import { diffractogramUnit, type ToolUnit, toolUnit } from "./unit.js";

/**
 * The configuration of LaVue's diffractogram tool, with its own keys: what its `--tool-configuration`
 * and the `toolconfig` of its controller take. A key that is left out changes nothing.
 */
export interface ToolConfiguration {
  /** A PONI file. */
  readonly calibration?: string;
  /** Diffractograms; ranges that are missing have no limits. Default: as many as there are ranges. */
  readonly diff_number?: number;
  /** Degrees, 2θ too, whatever the unit. */
  readonly diff_ranges?: readonly DiffractogramRange[];
  readonly diff_units?: ToolUnit;
  /** Whether the controls of the buffers are shown: the value counts, where LaVue switches them. */
  readonly buffering?: boolean;
  readonly buffer_size?: number;
  /** Whether diffractograms go into the buffers. */
  readonly collect?: boolean;
  /** Whether each image is integrated. */
  readonly show_diff?: boolean;
  /** `"image"`, or `"buffer 1"` and so on. */
  readonly main_plot?: string;
  /** Stops what `show_diff` begins. */
  readonly stop_diff?: boolean;
  /** Integrates the last image once. */
  readonly next?: boolean;
  /** Empties the buffers. */
  readonly reset?: boolean;
}

type Reader = (value: unknown, fail: (expected: string) => ConfigError) => unknown;

const READERS: Readonly<Record<keyof ToolConfiguration, Reader>> = {
  calibration: (value, fail) => {
    if (typeof value === "string" && !value.includes("\0")) return value;
    throw fail("the path of a PONI file");
  },
  diff_number: (value, fail) => whole(value, [0, MOST_RANGES], fail),
  diff_ranges: (value, fail) => {
    if (!Array.isArray(value) || value.length > MOST_RANGES) {
      const list = "a list of [azimuth start, azimuth end, 2θ start, 2θ end]";
      throw fail(`${list}, ${MOST_RANGES} at most`);
    }
    return value.map((range, i) => [...checkedRange(range, i, fail)]);
  },
  diff_units: (value, fail) => {
    try {
      return toolUnit(diffractogramUnit(value as string));
    } catch (cause) {
      throw fail(`a unit (${(cause as Error).message.replace(/^[^;]*; /, "")})`);
    }
  },
  buffering: flag,
  buffer_size: (value, fail) => whole(value, [1, MOST_ROWS], fail),
  collect: flag,
  show_diff: flag,
  main_plot: (value, fail) => {
    const plot = typeof value === "string" ? value.toLowerCase() : "";
    if (plot === "image" || /^buffer [1-9]\d{0,5}$/.test(plot)) return plot;
    throw fail('"image" or "buffer 1", "buffer 2" …');
  },
  stop_diff: flag,
  next: flag,
  reset: flag,
};

/** The keys that LaVue knows. */
export const TOOL_CONFIGURATION_KEYS: readonly (keyof ToolConfiguration)[] = Object.keys(
  READERS,
) as (keyof ToolConfiguration)[];

/**
 * Reads a configuration of LaVue's diffractogram tool. A key that LaVue does not have is told of in a
 * notice, with what may have been meant, and stays in the object.
 *
 * @param json its text, or the object that it holds.
 * @param path what messages call it.
 * @throws ConfigError for a value that cannot be.
 * @example parseToolConfiguration('{"diff_number": 1, "diff_ranges": [[10, 20, 0, 10]]}')
 */
export function parseToolConfiguration(
  json: string | object,
  path = "tool configuration",
): ToolConfiguration {
  const given = typeof json === "string" ? parseLooseJson(json, path) : (json as JsonObject);
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw new ConfigError(path, "is to hold an object, { … }");
  }
  for (const key of Object.keys(given)) {
    if (isKnown(key)) continue;
    const near = suggest(key, TOOL_CONFIGURATION_KEYS);
    const meant = near.length > 0 ? `did you mean ${near.join(" or ")}?` : "it does nothing";
    const quoted = JSON.stringify(key);
    reportNotice(`${path}: LaVue's diffractogram tool has no key ${quoted}; ${meant}`);
  }
  return checked(given, path);
}

/**
 * The JSON text of a configuration, as LaVue reads it.
 *
 * @throws ConfigError for a value that cannot be.
 */
export function formatToolConfiguration(configuration: ToolConfiguration): string {
  return `${JSON.stringify(checked(configuration as JsonObject, "configuration"))}\n`;
}

function checked(given: JsonObject, path: string): ToolConfiguration {
  const entries = Object.entries(given).map(([key, value]) => {
    if (!isKnown(key)) return [key, value] as const;
    const fail = (expected: string): ConfigError =>
      new ConfigError(
        path,
        `${key} is to be ${expected}, not ${(JSON.stringify(value) ?? "nothing").slice(0, 80)}`,
      );
    return [key, READERS[key](value, fail)] as const;
  });
  return Object.fromEntries(entries);
}

function isKnown(key: string): key is keyof ToolConfiguration {
  return Object.hasOwn(READERS, key);
}

function whole(
  value: unknown,
  [least, most]: readonly [number, number],
  fail: (expected: string) => ConfigError,
): number {
  if (Number.isInteger(value) && (value as number) >= least && (value as number) <= most) {
    return value as number;
  }
  throw fail(`a whole number from ${least} to ${most}`);
}

function flag(value: unknown, fail: (expected: string) => ConfigError): boolean {
  if (typeof value === "boolean") return value;
  throw fail("true or false");
}

function checkedRange(
  value: unknown,
  at: number,
  fail: (expected: string) => ConfigError,
): DiffractogramRange {
  try {
    sectorOf(value as DiffractogramRange, `range ${at + 1}`);
    return value as DiffractogramRange;
  } catch (cause) {
    throw fail(`a list of ranges (${(cause as Error).message})`);
  }
}
