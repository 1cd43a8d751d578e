import { sidePath } from "../export/side-file.js";
import { writeAtomic } from "../host/write-atomic.js";
import { formatDiffMapConfig, readDiffMapConfig } from "../scan/config-options.js";
import { type DiffMapSummary, diffMap } from "../scan/diff-map.js";
import type { DiffMapOptions } from "../scan/diff-map-options.js";
import { scanFiles } from "../scan/scan-files.js";
import type { Arguments } from "./arguments.js";
import { type Command, type CommandIo, UsageError } from "./command.js";
import { defineCommand } from "./define-command.js";
import { printScanSummary } from "./diff-map-summary.js";
import { integrationOptions, methodOf, polarizationOf, unitOf } from "./integration-arguments.js";
import { progressDisplay } from "./progress-display.js";

const ERROR_MODELS = ["poisson", "azimuthal", "hybrid"] as const;

/** Milliseconds between two lines where there is no bar. */
const LINE_MS = 500;

/** `cakelab diff-map`: pyFAI's diff_map. */
export const diffMapCommand: Command = defineCommand({
  name: "diff-map",
  summary: "Integrate the frames of a scan into a map, as pyFAI's diff_map",
  usage: "FILE… -p PONI -t FAST -r SLOW [options] -o FILE.h5",
  notes: `FILE may be a glob or a folder; files are taken in natural order, all frames of each. A frame that
cannot be read is reported, its point stays empty and the others go on. A run that was interrupted, or
killed, is completed by the same line with --resume; until then what is done lies in FILE.h5 and in
FILE.h5.journal. What --config says is overruled by the other options.`,
  options: {
    fast: {
      short: "t",
      value: "N",
      help: "points of the fast motor, which moves with every frame",
    },
    slow: { short: "r", value: "N", help: "points of the slow motor" },
    zigzag: { help: "every other line runs back" },
    offset: { short: "O", value: "N", help: "frames before the first point (default: 0)" },
    "fast-motor": { value: "NAME[,A,B]", help: "its name, first and last position", list: true },
    "slow-motor": { value: "NAME[,A,B]", help: "the same of the slow motor", list: true },
    positions: { help: "place frames by the motors' positions that the files have" },
    npt: { short: "c", value: "NPT", help: "number of radial bins (default: 1000)" },
    "npt-azim": { value: "N", help: "number of azimuthal bins, 1 for a profile (default: 1)" },
    unit: { short: "u", value: "UNIT", help: "radial unit (default: 2th_deg)" },
    prefix: { short: "P", value: "TEXT", help: "what the names of files in folders begin with" },
    extension: { short: "e", value: "TEXT", help: "what the names of files end with" },
    "azimuth-range": { value: "A,B", help: "lower and upper limit in degrees, across ±180 too" },
    polarization: { value: "F", help: "polarization factor, -1 to 1, or none (default: none)" },
    "error-model": { value: "E", help: "poisson, azimuthal or hybrid (default: none)" },
    monitor: { value: "NAME", help: "counter in the frames' headers that divides each of them" },
    ...integrationOptions,
    output: { short: "o", value: "FILE.h5", help: "the NeXus file of the map" },
    gpu: { short: "g", help: "the same as --engine gpu" },
    config: { value: "JSON", help: "configuration of diff_map, or of a pyFAI worker" },
    "save-config": {
      value: "JSON",
      help: "also write the configuration, for --config and diff_map",
    },
    resume: { help: "go on with a run that was interrupted, or has got more frames" },
    "no-map": { help: "leave out the transposed map" },
    title: { value: "TEXT", help: "of the experiment" },
    stats: { short: "S", help: "print statistics of the time that frames took" },
    gui: { help: "tell how to follow the scan in a notebook, and do not run it here" },
    "no-gui": { help: "run here (default)" },
    verbose: { short: "v", help: "print the configuration" },
  },
  run,
});

async function run(args: Arguments, io: CommandIo): Promise<number> {
  const options = await optionsOf(args, io);
  const quiet = args.has("quiet");
  const isGui = args.has("gui") && !args.has("no-gui");
  const save = args.text("save-config") ?? (isGui ? sidePath(options.output) : undefined);
  if (save !== undefined || args.has("verbose")) {
    const json = await formatDiffMapConfig(options);
    if (save !== undefined) await writeAtomic(save, json);
    if (args.has("verbose")) io.stderr.write(json);
  }
  if (isGui) {
    io.stdout.write(notebookHelp(save!));
    return 0;
  }
  const display = progressDisplay(io, quiet);
  let shown = 0;
  let summary: DiffMapSummary;
  try {
    summary = await diffMap({
      ...options,
      onFailed: ({ message }) => display.message(`failed: ${message}`),
      onProgress: ({ done, total = 0 }) => {
        if (!io.isTTY && done < total && performance.now() - shown < LINE_MS) return;
        shown = performance.now();
        display.step(done, total, options.output);
      },
    });
  } catch (error) {
    display.close();
    if (io.signal?.aborted) {
      io.stderr.write(`${options.output}: what is done is kept; --resume goes on with it\n`);
    }
    throw error;
  }
  display.close();
  const words = { json: args.has("json"), quiet, stats: args.has("stats") };
  return printScanSummary(summary, words, io);
}

/** The configuration's options, and those of the command line over them. */
async function optionsOf(args: Arguments, io: CommandIo): Promise<DiffMapOptions> {
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

function notebookHelp(config: string): string {
  return [
    `The scan's configuration is in ${config}. To run it and see the map grow, open a notebook`,
    "(cakelab lab) and run this cell:",
    "",
    'import { readDiffMapConfig, startDiffMap } from "cakelab";',
    'import { ScanMap } from "cakelab/widgets";',
    `const scan = await startDiffMap(await readDiffMapConfig(${JSON.stringify(config)}));`,
    "new ScanMap(scan)",
    "",
  ].join("\n");
}
