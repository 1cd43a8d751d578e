import type { Box, Origin } from "../scan/box-region.js";
import { ConfigError, parseYaml } from "./parse-yaml.js";
import { choice, count, type KeySpec, number, optional, readSection, text } from "./section.js";

/** Files of a scan as xrsmap names them: a folder, a name with a star, and numbers. */
export interface NumberedFiles {
  readonly directory: string;
  /** `"a_*.edf"`; or with the first number, `"a_0000.edf"`. */
  readonly file_name: string;
  /** Default: all that there are. */
  readonly numbers: readonly number[] | undefined;
}

/** What all maps have. */
export interface MeshConfig {
  readonly npt_x: number;
  readonly npt_y: number;
  readonly offset: number | undefined;
  readonly zigzag: boolean | undefined;
  readonly origin: Origin | undefined;
}

export interface CompositeConfig extends MeshConfig {
  readonly roi: Box | undefined;
  readonly binning: number | undefined;
  readonly dummy: number | undefined;
}

export interface CircleConfig extends MeshConfig {
  readonly radius: number;
  readonly width: number;
  readonly unit: string | undefined;
  readonly center: readonly [number, number] | undefined;
}

/** A configuration of maps in xrsmap's manner. */
export interface MapConfig {
  readonly input: NumberedFiles;
  readonly background: NumberedFiles | undefined;
  readonly mask: string | undefined;
  readonly dark: readonly string[];
  readonly flat: readonly string[];
  /** The calibration, for rings in other units than pixels. */
  readonly poni: string | undefined;
  readonly output: { readonly directory: string; readonly file_name: string };
  readonly composite: CompositeConfig | undefined;
  readonly circle: CircleConfig | undefined;
  /** Whether the sums of a composite map are written. */
  readonly sums: boolean;
  readonly verbose: boolean;
}

const flag: KeySpec<boolean> = {
  read: (value, fail) => {
    if (typeof value !== "boolean") throw fail("true or false");
    return value;
  },
};
const anything: KeySpec<unknown> = { read: (value) => value };
const files: KeySpec<readonly string[]> = {
  read: (value, fail) =>
    (Array.isArray(value) ? value : [value]).map((one) =>
      text.read(one, () => fail("a file, or a list of them")),
    ),
};

function numbers(length: number, names: string): KeySpec<readonly number[]> {
  return {
    read: (value, fail) => {
      const isRight =
        Array.isArray(value) && value.length === length && value.every(Number.isFinite);
      if (!isRight) throw fail(names);
      return value as number[];
    },
  };
}

const mesh = {
  npt_x: count,
  npt_y: count,
  offset: optional(number),
  zigzag: optional(flag),
  origin: optional(choice<Origin>(["upper", "lower"])),
};

/** Numbers of files: `"0-10,12,20-26"`, one number, or a list. */
const fileNumbers: KeySpec<readonly number[]> = {
  read: (value, fail) => {
    const parts = Array.isArray(value) ? value.map(String) : `${value}`.split(",");
    return parts.flatMap((part) => {
      const [, first, last = first] = /^\s*(\d+)(?:\s*-\s*(\d+))?\s*$/.exec(part) ?? [];
      const [from, to] = [Number(first), Number(last)];
      if (first === undefined || to < from || to - from > 1e6) {
        throw fail("numbers such as 0-10,12,20-26");
      }
      return Array.from({ length: to - from + 1 }, (_, i) => from + i);
    });
  },
};

/** Whether a YAML document is one of these: it says `input` and `process`. */
export function isMapConfig(document: unknown): boolean {
  return (
    typeof document === "object" &&
    document !== null &&
    Object.hasOwn(document, "input") &&
    Object.hasOwn(document, "process")
  );
}

/**
 * Reads a configuration of composite and ring maps: xrsmap's sections `input`, `background`, `mask` and
 * `process`, the maps in `process` as `do_composite` and `do_circle`, and where they go in `output`.
 *
 * @throws ConfigError
 */
export function parseMapConfig(yaml: string, path: string): MapConfig {
  const file = readSection(path, "", parseYaml(yaml, path), {
    input: anything,
    background: optional(anything),
    mask: optional(text),
    dark: optional(files),
    flat: optional(files),
    poni: optional(text),
    output: anything,
    process: anything,
  });
  const process = readSection(path, "process", file.process, {
    do_composite: optional(anything),
    do_circle: optional(anything),
    do_sum: optional(flag),
    verbose: optional(flag),
  });
  if (process.do_composite === undefined && process.do_circle === undefined) {
    throw new ConfigError(path, "process has neither do_composite nor do_circle; say what to map");
  }
  const numbered = (name: string, value: unknown): NumberedFiles =>
    readSection(path, name, value, {
      directory: text,
      file_name: text,
      numbers: optional(fileNumbers),
    });
  return {
    input: numbered("input", file.input),
    background: file.background === undefined ? undefined : numbered("background", file.background),
    mask: file.mask,
    dark: file.dark ?? [],
    flat: file.flat ?? [],
    poni: file.poni,
    output: readSection(path, "output", file.output, { directory: text, file_name: text }),
    composite:
      process.do_composite === undefined
        ? undefined
        : (readSection(path, "process.do_composite", process.do_composite, {
            ...mesh,
            roi: optional(numbers(4, "[x0, y0, x1, y1]")),
            binning: optional(count),
            dummy: optional(number),
          }) as CompositeConfig),
    circle:
      process.do_circle === undefined
        ? undefined
        : (readSection(path, "process.do_circle", process.do_circle, {
            ...mesh,
            radius: number,
            width: number,
            unit: optional(text),
            center: optional(numbers(2, "[x, y]")),
          }) as CircleConfig),
    sums: process.do_sum ?? true,
    verbose: process.verbose ?? true,
  };
}
