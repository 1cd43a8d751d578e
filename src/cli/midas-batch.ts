import { explicitJson } from "../export/side-file.js";
import type { BatchResult, MidasBatchSummary } from "../stream/midas/batch-through.js";
import { midasBatch } from "../stream/midas/midas-batch.js";
import type { Arguments, OptionTable } from "./arguments.js";
import type { Command, CommandIo } from "./command.js";
import { defineCommand } from "./define-command.js";
import { fileNumber, midasOptions, midasWords, overridesOf, zeroOrOne } from "./midas-arguments.js";
import { progressDisplay } from "./progress-display.js";

const options: OptionTable = {
  paramFN: { value: "FILE", help: "MIDAS parameter file" },
  dataFN: { value: "FILE", help: "the first file; others have other numbers in its name" },
  startFileNr: { value: "N", help: "number of the first file (default: as in its name)" },
  endFileNr: { value: "N", help: "number of the last file (default: the first one alone)" },
  resultFolder: { value: "DIR", help: "folder of the outputs (default: this one)" },
  darkFN: { value: "FILE", help: "dark image, or a .bin of int64 frames; frames are averaged" },
  dataLoc: { value: "PATH", help: "dataset of HDF5 files (default: exchange/data, or the images)" },
  nCPUs: { value: "N", help: "files at a time (default: 1)" },
  nCPUsLocal: { value: "N", help: "accepted; every file is integrated by all threads" },
  writeMat: { value: "0|1", help: "also write MATLAB files (default: 0)" },
  mapDetector: {
    value: "0|1",
    help: "0 takes Map.bin of the result folder, 1 makes it there (default: 1)",
  },
  convertFiles: { value: "0|1", help: "accepted; files are read as they are" },
  skipExisting: { help: "leave out files whose outputs are there" },
  peakFit: { help: "fit peaks, as DoPeakFit 1" },
  ...midasOptions,
};

/** `cakelab midas-batch`: MIDAS' integrator.py. */
const command = defineCommand({
  name: "midas-batch",
  summary: "Integrate numbered files in MIDAS' geometry and into MIDAS' files",
  usage: "-paramFN P -dataFN FILE [-endFileNr N] [options]",
  notes: `Of each file: FILE.caked.hdf, FILE.caked.hdf.zarr.zip for GSAS-II and, with -writeMat 1, a .mat of the
same arrays. Options may have one minus sign or two.`,
  options,
  run,
});

export const midasBatchCommand: Command = {
  ...command,
  run: (argv, io) => command.run(midasWords(argv, options), io),
};

async function run(args: Arguments, io: CommandIo): Promise<number> {
  const quiet = args.has("quiet");
  const [startFile, endFile] = [fileNumber(args, "startFileNr"), fileNumber(args, "endFileNr")];
  const [dark, dataLocation] = [args.text("darkFN"), args.text("dataLoc")];
  zeroOrOne(args, "convertFiles", true);
  args.count("nCPUsLocal");
  const resultFolder = args.text("resultFolder") ?? ".";
  const settings = {
    parameters: args.required("paramFN"),
    overrides: { ...(args.has("peakFit") && { DoPeakFit: "1" }), ...overridesOf(args) },
    dataFile: args.required("dataFN"),
    resultFolder,
    ...(zeroOrOne(args, "mapDetector", true) ? { writeMap: true } : { map: resultFolder }),
    together: args.count("nCPUs") ?? 1,
    mat: zeroOrOne(args, "writeMat", false),
    skipExisting: args.has("skipExisting"),
    rawMask: args.has("raw-mask"),
    resume: args.has("resume"),
    ...(startFile !== undefined && { startFile }),
    ...(endFile !== undefined && { endFile }),
    ...(dark !== undefined && { dark }),
    ...(dataLocation !== undefined && { dataLocation }),
    ...(io.signal && { signal: io.signal }),
  };
  const display = progressDisplay(io, quiet);
  let summary: MidasBatchSummary;
  try {
    summary = await midasBatch({
      ...settings,
      onTrouble: ({ message }) => display.message(message),
      onFile: (result, done, total) => {
        if (result.state === "failed") display.message(`failed: ${result.error!.message}`);
        if (result.state === "missing") display.message(`${result.source}: there is no such file`);
        display.step(done, total, wordsOf(result));
      },
    });
  } finally {
    display.close();
  }
  return print(summary, args, io);
}

function wordsOf({ source, state, outputs, frames }: BatchResult): string {
  if (state === "done") return `${source}: ${frames} frames → ${outputs[0]}`;
  return `${source}: ${state}`;
}

function print({ files, seconds }: MidasBatchSummary, args: Arguments, io: CommandIo): number {
  const count = (state: BatchResult["state"]): number =>
    files.filter((file) => file.state === state).length;
  const [done, skipped, missing, failed] = [
    count("done"),
    count("skipped"),
    count("missing"),
    count("failed"),
  ];
  if (args.has("json")) {
    const list = files.map(({ error, ...file }) => ({
      ...file,
      ...(error && { error: error.message }),
    }));
    const counts = { done, skipped, missing, failed };
    const summary = { command: "midas-batch", ...counts, seconds, files: list };
    io.stdout.write(`${explicitJson(summary, 2)}\n`);
  } else if (!args.has("quiet")) {
    const others = [
      ...(skipped > 0 ? [`${skipped} skipped`] : []),
      ...(missing > 0 ? [`${missing} missing`] : []),
      ...(failed > 0 ? [`${failed} failed`] : []),
    ];
    const words = [`${done} of ${files.length} files done in ${seconds.toFixed(1)} s`, ...others];
    const outputs = files.flatMap((file) => file.outputs);
    io.stdout.write(`${words.join(", ")}\n`);
    if (outputs.length > 0) {
      const last = outputs.at(-1);
      io.stdout.write(`written: ${outputs.length === 1 ? last : `${outputs[0]} … ${last}`}\n`);
    }
  }
  const hasBad = files.some(({ bad }) => bad > 0);
  return missing + failed === 0 && !hasBad ? 0 : 1;
}
