import { readDiffMapConfig } from "../scan/config-options.js";
import type { DiffMapOptions } from "../scan/diff-map-options.js";
import { scanFiles } from "../scan/scan-files.js";
import type { Arguments } from "./arguments.js";
import { type CommandIo, UsageError } from "./command.js";
import { methodOf, polarizationOf, unitOf } from "./integration-arguments.js";

const ERROR_MODELS = ["poisson", "azimuthal", "hybrid"] as const;

/** The configuration's options, and those of the command line over them. */
export async function diffMapOptions(args: Arguments, io: CommandIo): Promise<DiffMapOptions> {
  const path = args.text("config");
  const config = path === undefined ? {} : await readDiffMapConfig(path);
  const filter = { prefix: args.text("prefix") ?? "", extension: args.text("extension") ?? "" };
  const named = [...[config.files ?? []].flat(), ...args.positionals];
  if (named.length === 0) throw new UsageError("FILE is missing: name images, globs or folders");
  const files = await scanFiles(named, filter);
  if (files.length === 0) {
    throw new UsageError(
      `no file begins with "${filter.prefix}" and ends with "${filter.extension}"; see -P and -e`,
    );
  }
  const ai = args.text("poni") ?? config.ai ?? args.required("poni");
  const output = args.text("output") ?? config.output ?? args.required("output");
  const isPlaced = args.has("positions");
  const nptAzim = args.count("npt-azim") ?? config.nptAzim ?? 1;
  const { nptAzim: _, ...others } = config;
  const { signal } = io;
  return {
    ...others,
    ...integrationOf(args, config),
    files,
    ai,
    output,
    npt: args.count("npt") ?? config.npt ?? 1000,
    ...(nptAzim > 1 && { nptAzim }),
    fast: motorOf(args, "fast", config, isPlaced),
    slow: motorOf(args, "slow", config, isPlaced),
    offset: wholeNumber(args, "offset") ?? config.offset ?? 0,
    zigzag: args.has("zigzag") || (config.zigzag ?? false),
    positions: isPlaced,
    map: !args.has("no-map"),
    resume: args.has("resume"),
    trustedFolders: args.list("trust"),
    ...optional("title", args.text("title")),
    ...optional("monitor", args.text("monitor")),
    ...optional("signal", signal),
  };
}

function integrationOf(args: Arguments, config: Partial<DiffMapOptions>): Partial<DiffMapOptions> {
  const files = (name: "dark" | "flat"): readonly string[] | undefined => {
    const list = args.list(name);
    return list.length === 0 ? undefined : list;
  };
  const configured = typeof config.method === "object" && "split" in config.method;
  const method =
    args.text("method") === undefined && configured
      ? { ...methodOf(args), ...config.method }
      : methodOf(args);
  return {
    unit: unitOf(args, config.unit ?? "2th_deg"),
    method: args.has("gpu") ? { ...method, engine: "gpu" } : method,
    ...optional("mask", args.text("mask")),
    ...optional("dark", files("dark")),
    ...optional("flat", files("flat")),
    ...optional("radialRange", args.range("radial-range")),
    ...optional("azimuthRange", args.range("azimuth-range")),
    ...optional("errorModel", args.choice("error-model", ERROR_MODELS)),
    ...(args.text("polarization") !== undefined && {
      polarizationFactor: polarizationOf(args) ?? null,
    }),
  };
}

function motorOf(
  args: Arguments,
  which: "fast" | "slow",
  config: Partial<DiffMapOptions>,
  isPlaced: boolean,
): DiffMapOptions["fast"] {
  const before = config[which] ?? {};
  const points = args.count(which);
  const [name, ...ends] = args.list(`${which}-motor`);
  const [start, stop] = ends.map(Number);
  if (ends.length === 1 || ends.length > 2 || ends.some((end) => !Number.isFinite(Number(end)))) {
    throw new UsageError(
      `--${which}-motor is NAME, or NAME and the first and last position: sx,0,1`,
    );
  }
  const motor = {
    ...(typeof before === "number" ? { points: before } : before),
    ...optional("points", points),
    ...optional("name", name),
    ...optional("start", start),
    ...optional("stop", stop),
  };
  if (motor.points === undefined && !isPlaced) args.required(which);
  return motor;
}

function wholeNumber(args: Arguments, name: string): number | undefined {
  const value = args.number(name);
  if (value === undefined || (Number.isInteger(value) && value >= 0)) return value;
  throw new UsageError(`--${name} is a whole number from 0, not ${value}`);
}

/** An option, unless it was not given. */
function optional<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { [Key in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { [Key in Name]?: Value });
}
