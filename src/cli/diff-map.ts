import { sidePath } from "../export/side-file.js";
import { nodeModule } from "../host/node.js";
import { writeAtomic } from "../host/write-atomic.js";
import { formatDiffMapConfig } from "../scan/config-options.js";
import { type DiffMapSummary, diffMap } from "../scan/diff-map.js";
import type { Arguments } from "./arguments.js";
import type { Command, CommandIo } from "./command.js";
import { defineCommand } from "./define-command.js";
import { diffMapOptions } from "./diff-map-arguments.js";
import { printScanSummary } from "./diff-map-summary.js";
import { integrationOptions } from "./integration-arguments.js";
import { progressDisplay } from "./progress-display.js";
import { scanNotebook } from "./scan-notebook.js";

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
    gui: { help: "run in a notebook that shows the map as it grows" },
    "no-gui": { help: "run here (default)" },
    verbose: { short: "v", help: "print the configuration" },
  },
  run,
});

async function run(args: Arguments, io: CommandIo): Promise<number> {
  const options = await diffMapOptions(args, io);
  const quiet = args.has("quiet");
  const isGui = args.has("gui") && !args.has("no-gui");
  const save = args.text("save-config") ?? (isGui ? sidePath(options.output) : undefined);
  if (save !== undefined || args.has("verbose")) {
    const json = await formatDiffMapConfig(options);
    if (save !== undefined) await writeAtomic(save, json);
    if (args.has("verbose")) io.stderr.write(json);
  }
  if (isGui) {
    return openScanNotebook(save!, args.has("resume"), io);
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

/** Writes a notebook for a scan's configuration into the working folder, and opens it where that can be. */
async function openScanNotebook(config: string, resume: boolean, io: CommandIo): Promise<number> {
  const { basename } = nodeModule("node:path");
  const path = `${basename(config, ".json")}.ipynb`;
  await writeAtomic(path, scanNotebook(config, resume));
  io.stdout.write(`${path} runs the scan, and shows its map as it grows\n`);
  return (await io.openNotebook?.(path)) ?? 0;
}
