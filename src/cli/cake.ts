import { type CakeOptions, cake } from "../cake/cake.js";
import type { Cakes } from "../cake/cakes.js";
import { load } from "../integrate/load.js";
import type { Arguments } from "./arguments.js";
import type { Command, CommandIo } from "./command.js";
import { defineCommand } from "./define-command.js";
import {
  inputFiles,
  integrateOptions,
  integrationOptions,
  methodOf,
  outputFolder,
  polarizationOf,
  unitOf,
} from "./integration-arguments.js";
import { openingOf } from "./opening-arguments.js";
import { planOutputs } from "./outputs.js";
import { runSeries, type SeriesWork } from "./series.js";
import { type Kept, printSummary } from "./summary.js";
import { openWriter } from "./writer.js";

const ORDERS = ["clockwise", "anticlockwise"] as const;
const FORMATS = ["xrdfit", "esg", "nxs", "csv"] as const;

/** `cakelab cake`: every frame's cakes, as xrdfit reads them. */
export const cakeCommand: Command = defineCommand({
  name: "cake",
  summary: "Divide images into cakes with a direction, and write them for xrdfit",
  usage: "FILE… -p PONI [options] -o DIR",
  notes: `FILE may be a glob or a folder; files are taken in natural order. Directions are degrees clockwise
from North, up in the image as it is displayed. Beside every .dat lies a .json that says how it was
made and how FitSpectrum loads it; --format esg writes for MAUD,
nxs NeXus, csv a table instead. A frame that fails is reported and the others go on.`,
  options: {
    npt: { short: "c", value: "NPT", help: "number of radial bins (default: 10000)" },
    cakes: { value: "N", help: "number of cakes (default: 36)" },
    "first-cake-angle": {
      value: "DEGREES",
      help: "direction of the centre of cake 1 (default: 270)",
    },
    order: { value: "ORDER", help: "clockwise or anticlockwise (default: clockwise)" },
    unit: { short: "u", value: "UNIT", help: "radial unit (default: 2th_deg)" },
    polarization: { value: "F", help: "polarization factor, -1 to 1, or none (default: 0.99)" },
    format: { value: "FORMAT", help: "xrdfit, esg (MAUD), nxs or csv (default: xrdfit)" },
    ...integrationOptions,
  },
  run,
});

async function run(args: Arguments, io: CommandIo): Promise<number> {
  const poni = args.required("poni");
  const folder = await outputFolder(args);
  const format = args.choice("format", FORMATS) ?? "xrdfit";
  const order = args.choice("order", ORDERS) ?? "clockwise";
  const firstCakeAngle = args.number("first-cake-angle") ?? 270;
  const chosen = {
    cakes: args.count("cakes") ?? 36,
    npt: args.count("npt") ?? 10_000,
    unit: unitOf(args, "2th_deg"),
    method: methodOf(args),
    // `null` is no correction, where the default is one.
    polarizationFactor: polarizationOf(args, 0.99) ?? null,
  };
  const files = await inputFiles(args);
  const opening = openingOf(args);
  const jobs = await planOutputs(files, folder, format === "xrdfit" ? "dat" : format, opening);
  const ai = await load(poni);
  const options: CakeOptions = {
    ...(await integrateOptions(args, io)),
    ...chosen,
    firstCakeAngle,
    order,
  };
  const writer = openWriter(jobs.length, format);
  const work: SeriesWork<Cakes, Kept> = {
    compute: (frame) => cake(frame, ai, options),
    async write(result, output, source) {
      await writer.write(output, { format, result, source });
      return { engine: result.engine, provenance: result.provenance };
    },
    atOnce: writer.atOnce,
  };
  const quiet = args.has("quiet");
  const series = runSeries(files, jobs, work, io, quiet, opening);
  const outcome = await series.finally(writer.close);
  const notes = [
    `cakes: ${chosen.cakes} ${order}, the centre of cake 1 at ${firstCakeAngle}° clockwise from North`,
    ...(format !== "xrdfit"
      ? []
      : [`xrdfit: FitSpectrum(path, first_cake_angle=${firstCakeAngle}, cake_order="${order}")`]),
  ];
  return printSummary(outcome, { command: "cake", json: args.has("json"), quiet, notes }, io);
}
