import { explicitJson } from "../export/side-file.js";
import { nodeModule } from "../host/node.js";
import { type MidasStreamOptions, midasStream } from "../stream/midas/midas-stream.js";
import type { MidasStreamSummary } from "../stream/midas/stream-through.js";
import { MIDAS_PORT } from "../stream/midas-socket/dtypes.js";
import type { Arguments, OptionTable } from "./arguments.js";
import { type Command, type CommandIo, UsageError } from "./command.js";
import { defineCommand } from "./define-command.js";
import { midasOptions, midasWords, overridesOf } from "./midas-arguments.js";
import { progressDisplay } from "./progress-display.js";

/** Milliseconds between two lines where there is no bar. */
const LINE_MS = 2000;

/** A broken sender has a new one for each frame. */
const MOST_TROUBLES = 100;

const LISTEN = `127.0.0.1:${MIDAS_PORT}`;

const CHANNEL = "16pil-idb:Pva1:Image";

const options: OptionTable = {
  "param-file": { value: "FILE", help: "MIDAS parameter file" },
  folder: { value: "DIR", help: "images of a folder" },
  extension: { value: "EXT", help: "of the folder's images, such as tif (default: all)" },
  file: { value: "FILE", help: "the same as FILE" },
  "h5-location": { value: "PATH", help: "dataset of HDF5 files (default: their images)" },
  watch: { help: "go on with files, or frames of an HDF5 file, that come later" },
  listen: {
    value: "[HOST:]PORT",
    help: `listen for frames by MIDAS' protocol (default: ${LISTEN}, for this machine only)`,
  },
  pva: { value: "[CHANNEL]", help: `watch an EPICS channel (default: MIDAS', ${CHANNEL})` },
  "pva-channel": { value: "CHANNEL", help: "the same, as MIDAS has it beside --pva" },
  "pva-ip": { value: "IP", help: "the channel's server (default: EPICS finds it)" },
  timeout: { value: "S", help: "end after so many seconds without a frame" },
  map: { value: "DIR", help: "folder of Map.bin and nMap.bin (default: the map is built)" },
  dark: { value: "FILE", help: "dark image, or a .bin of int64 frames; frames are averaged" },
  "output-h5": { value: "FILE", help: "output (default: integrator_output.h5)" },
  "output-dir": { value: "DIR", help: "folder of outputs without one of their own" },
  "save-interval": { value: "N", help: "save the mapping every N frames (default: 500)" },
  "mapping-file": {
    value: "FILE",
    help: "which frame is which (default: frame_mapping.json beside the output)",
  },
  cakes: { help: "keep every cake (default: as Write2D and OmegaSumFrames say)" },
  "fit-cakes": { help: "fit peaks at each azimuth, too" },
  bins: { help: "also write lineout.bin, fit.bin and the like, which MIDAS' live viewer reads" },
  "zarr-output": {
    value: "FILE",
    help: "store for GSAS-II (default: beside the output, of cakes)",
  },
  "no-zarr": { help: "write no store for GSAS-II" },
  ...midasOptions,
};

/** `cakelab midas-stream`: MIDAS' integrator_batch_process.py. */
const command = defineCommand({
  name: "midas-stream",
  summary: "Integrate frames as they come, in MIDAS' geometry and into MIDAS' files",
  usage: "--param-file P (--folder D | FILE… | --listen | --pva CHANNEL) [options] --output-h5 O",
  notes: `Ctrl-C ends the stream, and what has come is written; a second one stops at once. What has come lies in
O.journal until then: --resume goes on with it. Frames that an interrupted run has recorded are known by
their file or number, and left out. peak_update.txt beside the output asks for other peaks, as MIDAS' live
viewer does; active_peaks.txt says which are fitted. Nobody on another machine can send frames, unless
--listen names another address, such as 0.0.0.0:${MIDAS_PORT}.`,
  options,
  run,
});

export const midasStreamCommand: Command = {
  ...command,
  run: (argv, io) => command.run(withDefaults(midasWords(argv, options)), io),
};

/** `--listen` and `--pva` without a value. */
function withDefaults(argv: readonly string[]): string[] {
  return argv.map((word, i) => {
    const isAlone = !/^[^-]/.test(argv[i + 1] ?? "");
    if (word === "--listen" && isAlone) return `--listen=${LISTEN}`;
    return word === "--pva" && isAlone ? "--pva=" : word;
  });
}

async function run(args: Arguments, io: CommandIo): Promise<number> {
  const quiet = args.has("quiet");
  const display = progressDisplay(io, quiet);
  const settings = optionsOf(args);
  let [frames, told, troubles] = [0, performance.now(), 0];
  let summary: MidasStreamSummary;
  try {
    summary = await midasStream({
      ...settings,
      onTrouble: ({ message }) => {
        troubles++;
        if (troubles <= MOST_TROUBLES) display.message(message);
        if (troubles === MOST_TROUBLES) display.message("what else goes wrong is only counted");
      },
      onOpen: ({ name }) => {
        if (!quiet) display.message(`${/^tcp:/.test(name) ? "listening on" : "reading"} ${name}`);
      },
      onFrame: () => {
        frames++;
        const isDue = performance.now() - told > (io.isTTY ? 100 : LINE_MS);
        if (!isDue || quiet) return;
        told = performance.now();
        if (io.isTTY) display.step(0, 0, `${frames} frames`);
        else io.stderr.write(`${frames} frames\n`);
      },
      ...(io.signal && { stop: io.signal }),
    });
  } finally {
    display.close();
  }
  return print(summary, args, io);
}

function optionsOf(args: Arguments): MidasStreamOptions {
  const parameters = args.required("param-file");
  const { join } = nodeModule("node:path");
  const folder = args.text("output-dir");
  const inFolder = (path: string): string =>
    folder === undefined || /[/\\]/.test(path) ? path : join(folder, path);
  const timeout = args.number("timeout");
  if (timeout !== undefined && !(timeout > 0)) {
    throw new UsageError(`--timeout is a number of seconds above 0, not ${timeout}`);
  }
  const server = args.text("pva-ip");
  const saveInterval = args.count("save-interval");
  const [dark, map, mapping, zarr] = [
    args.text("dark"),
    args.text("map"),
    args.text("mapping-file"),
    args.has("no-zarr") ? (false as const) : args.text("zarr-output"),
  ];
  return {
    parameters,
    overrides: overridesOf(args),
    source: sourceOf(args),
    opening: {
      ...(!isRemote(args) && { watch: args.has("watch") }),
      ...(timeout !== undefined && { timeout }),
      ...(server !== undefined && { server }),
    },
    output: inFolder(args.text("output-h5") ?? "integrator_output.h5"),
    rawMask: args.has("raw-mask"),
    resume: args.has("resume"),
    bins: args.has("bins"),
    fitCakes: args.has("fit-cakes"),
    ...(args.has("cakes") && { cakes: true }),
    ...(saveInterval !== undefined && { saveInterval }),
    ...(dark !== undefined && { dark }),
    ...(map !== undefined && { map }),
    ...(mapping !== undefined && { mapping: inFolder(mapping) }),
    ...(zarr !== undefined && { zarr: zarr === false ? zarr : inFolder(zarr) }),
  };
}

function isRemote(args: Arguments): boolean {
  return args.has("listen") || args.has("pva") || args.has("pva-channel");
}

/** One source, and only one. */
function sourceOf(args: Arguments): string | readonly string[] {
  const [folder, file, listen] = [args.text("folder"), args.text("file"), args.text("listen")];
  const pva =
    args.text("pva") || args.text("pva-channel") || (args.has("pva") ? CHANNEL : undefined);
  const files = [...args.positionals, ...(file === undefined ? [] : [file])];
  const sources = [folder, pva, listen, files[0]].filter((source) => source !== undefined);
  if (sources.length !== 1) {
    const what = sources.length === 0 ? "no source" : "more than one source";
    throw new UsageError(`${what} of frames is given; give --folder, files, --listen or --pva`);
  }
  const extension = args.text("extension");
  if (extension !== undefined && folder === undefined) {
    throw new UsageError("--extension goes with --folder; name files with their extensions");
  }
  const dataset = args.text("h5-location")?.replace(/^\/?/, "::/") ?? "";
  if (folder !== undefined) {
    const { join } = nodeModule("node:path");
    if (extension === undefined) return `${folder}${dataset}`;
    return `${join(folder, `*.${extension.replace(/^\./, "")}`)}${dataset}`;
  }
  if (pva !== undefined) return `pva://${pva}`;
  if (listen !== undefined) return `tcp://${/^\d+$/.test(listen) ? "127.0.0.1:" : ""}${listen}`;
  const addresses = files.map((path) => `${path}${dataset}`);
  return addresses.length === 1 ? addresses[0]! : addresses;
}

function print(summary: MidasStreamSummary, args: Arguments, io: CommandIo): number {
  const { output, zarr, frames, resumed, repeated, bad, counts, peaks, seconds } = summary;
  const exit = bad === 0 ? 0 : 1;
  if (args.has("json")) {
    io.stdout.write(`${explicitJson({ command: "midas-stream", ...summary }, 2)}\n`);
  } else if (!args.has("quiet")) {
    const lines = [
      `${frames - resumed} frames in ${seconds.toFixed(1)} s`,
      ...(resumed > 0 ? [`${resumed} more by an earlier run`] : []),
      ...(repeated > 0 ? [`${repeated} came again and were left out`] : []),
      ...(bad > 0 ? [`${bad} were no good and were left out`] : []),
      ...(counts.dropped > 0 ? [`${counts.dropped} were dropped`] : []),
      ...(peaks.length > 0
        ? [`peaks: ${peaks.map((radius) => radius.toFixed(2)).join(", ")}`]
        : []),
      `written: ${[output, ...(zarr === undefined ? [] : [zarr])].join(", ")}`,
    ];
    io.stdout.write(`${lines.join("\n")}\n`);
  }
  return exit;
}
