import { load } from "../integrate/load.js";
import type { IntegrateOptions } from "../integrate/options.js";
import type { Integrate1dResult } from "../integrate/result.js";
import type { Arguments } from "./arguments.js";
import { type Command, type CommandIo, UsageError } from "./command.js";
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
import type { Written } from "./write-as.js";
import { openWriter } from "./writer.js";

const FORMATS = ["dat", "xy", "xye", "chi", "fxye", "csv", "edf", "nxs"] as const;
const MAPS: readonly string[] = ["edf", "nxs"];
const WITH_SIGMA: readonly string[] = ["xye", "fxye"];
const ERROR_MODELS = ["poisson", "azimuthal", "hybrid"] as const;

/** `cakelab integrate`: a profile, or a 2D map, of every frame. */
export const integrateCommand: Command = defineCommand({
  name: "integrate",
  summary: "Integrate images over azimuth, each into a profile",
  usage: "FILE… -p PONI -c NPT [options] -o DIR",
  notes: `FILE may be a glob or a folder; files are taken in natural order. A frame that fails is reported
and the others go on. --format edf writes a map, radial × azimuth, instead of a profile, and so does nxs with --npt-azim.`,
  options: {
    npt: { short: "c", value: "NPT", help: "number of radial bins" },
    "npt-azim": {
      value: "N",
      help: "number of azimuthal bins of --format edf (default: 360) or nxs",
    },
    unit: { short: "u", value: "UNIT", help: "radial unit (default: q_nm^-1)" },
    "azimuth-range": { value: "A,B", help: "lower and upper limit in degrees, across ±180 too" },
    polarization: { value: "F", help: "polarization factor, -1 to 1, or none (default: none)" },
    "error-model": { value: "E", help: "poisson, azimuthal or hybrid (default: none)" },
    format: { value: "FORMAT", help: `${FORMATS.join(", ")} (default: dat)` },
    ...integrationOptions,
  },
  run,
});

async function run(args: Arguments, io: CommandIo): Promise<number> {
  const npt = args.count("npt");
  if (npt === undefined) {
    throw new UsageError("-c, --npt NPT is missing: number of radial bins");
  }
  const poni = args.required("poni");
  const folder = await outputFolder(args);
  const format = args.choice("format", FORMATS) ?? "dat";
  const nptAzim = args.count("npt-azim");
  if (nptAzim !== undefined && !MAPS.includes(format)) {
    throw new UsageError(
      `--npt-azim makes a map, which ${format} cannot hold; use --format edf or nxs`,
    );
  }
  const errorModel = args.choice("error-model", ERROR_MODELS);
  if (WITH_SIGMA.includes(format) && errorModel === undefined) {
    throw new UsageError(`--format ${format} needs standard errors; add --error-model poisson`);
  }
  const polarizationFactor = polarizationOf(args);
  const azimuthRange = args.range("azimuth-range");
  const chosen = { unit: unitOf(args, "q_nm^-1"), method: methodOf(args) };
  const files = await inputFiles(args);
  const opening = openingOf(args);
  const jobs = await planOutputs(files, folder, format, opening);
  const ai = await load(poni);
  const options: IntegrateOptions = {
    ...(await integrateOptions(args, io)),
    ...chosen,
    ...(azimuthRange === undefined ? {} : { azimuthRange }),
    ...(errorModel === undefined ? {} : { errorModel }),
    ...(polarizationFactor === undefined ? {} : { polarizationFactor }),
  };
  const isMap = format === "edf" || nptAzim !== undefined;
  const writer = openWriter(jobs.length, format);
  const work: SeriesWork<Integrate1dResult, Kept> = {
    compute: (frame) =>
      isMap
        ? ai.integrate2d(frame, npt, nptAzim ?? 360, options)
        : ai.integrate1d(frame, npt, options),
    async write(result, output, source) {
      await writer.write(output, { format, result, source } as Written);
      return { engine: result.engine, provenance: result.provenance };
    },
    atOnce: writer.atOnce,
  };
  const quiet = args.has("quiet");
  const series = runSeries(files, jobs, work, io, quiet, opening);
  const outcome = await series.finally(writer.close);
  return printSummary(outcome, { command: "integrate", json: args.has("json"), quiet }, io);
}
