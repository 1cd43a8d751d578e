import { readMidasParameters } from "../config/midas/read.js";
import { explicitJson } from "../export/side-file.js";
import { nodeModule } from "../host/node.js";
import { readImage } from "../image/read-image.js";
import { midasBins } from "../integrate/midas/bins.js";
import { buildMidasMap } from "../integrate/midas/build-map.js";
import { writeMidasMap } from "../integrate/midas/map-folder.js";
import type { Arguments } from "./arguments.js";
import { type Command, type CommandIo, UsageError } from "./command.js";
import { columns, defineCommand } from "./define-command.js";
import { progressDisplay } from "./progress-display.js";

/** `cakelab midas-map`: MIDAS' map of a detector, as its DetectorMapper and midas-detector-mapper make it. */
export const midasMapCommand: Command = defineCommand({
  name: "midas-map",
  summary: "Map the pixels of a detector to MIDAS' bins: Map.bin and nMap.bin",
  usage: "--param-file P [-o FOLDER] [options]",
  notes: `P is a MIDAS parameter file; it may stand alone, as in midas-detector-mapper. maskMap.bin is written
too where a mask reaches bins. The files of version 3 are the same, record for record, as midas-integrate's.`,
  options: {
    "param-file": { value: "P", help: "MIDAS parameter file" },
    output: {
      short: "o",
      value: "FOLDER",
      help: "where to write (default: beside the parameter file)",
    },
    out: { value: "FOLDER", help: "the same, as midas-detector-mapper says it" },
    mask: { value: "FILE", help: "image whose pixels of 1 do not count, instead of MaskFile" },
    flat: { value: "FILE", help: "image of the pixels' sensitivities, instead of FlatFile" },
    "raw-mask": { help: "do ImTransOpt to mask and flat too: they lie as the detector writes" },
    json: { help: "print the summary as JSON" },
    quiet: { short: "q", help: "print errors only" },
  },
  run,
});

async function run(args: Arguments, io: CommandIo): Promise<number> {
  const path = parameterFile(args);
  const { dirname } = nodeModule("node:path");
  const folder = args.text("output") ?? args.text("out") ?? dirname(path);
  const [mask, flat] = [await imageOf(args, "mask"), await imageOf(args, "flat")];
  const parameters = await readMidasParameters(path);
  const display = progressDisplay(io, args.has("quiet") || args.has("json"));
  const begin = performance.now();
  const map = await buildMidasMap(parameters, {
    signal: io.signal,
    rawMask: args.has("raw-mask"),
    ...(mask !== undefined && { mask }),
    ...(flat !== undefined && { flat }),
  }).finally(() => display.close());
  const seconds = (performance.now() - begin) / 1000;
  const written = await writeMidasMap(folder, map, parameters);
  const { radial, azimuthal, axis } = midasBins(parameters);
  const filled = map.counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
  const summary = {
    bins: [radial, azimuthal],
    axis: axis === "tth" ? "2θ" : axis,
    filled,
    records: map.y.length,
    seconds: Math.round(1000 * seconds) / 1000,
    written,
  };
  if (args.has("json")) {
    io.stdout.write(`${explicitJson(summary, 2)}\n`);
  } else if (!args.has("quiet")) {
    const rows = [
      ["bins", `${radial} × ${azimuthal}, equal in ${summary.axis}; ${filled} are filled`],
      ["records", `${summary.records}, in ${seconds.toFixed(1)} s`],
      ...written.map((file) => ["written", file] as const),
    ] as const;
    io.stdout.write(`${columns(rows)}\n`);
  }
  return 0;
}

function parameterFile(args: Arguments): string {
  const [positional, more] = args.positionals;
  const given = args.text("param-file");
  const path = given ?? positional;
  if (
    path === undefined ||
    more !== undefined ||
    (given !== undefined && positional !== undefined)
  ) {
    throw new UsageError("midas-map takes one MIDAS parameter file; give --param-file P");
  }
  return path;
}

async function imageOf(args: Arguments, name: "mask" | "flat") {
  const path = args.text(name);
  return path === undefined ? undefined : readImage(path);
}
