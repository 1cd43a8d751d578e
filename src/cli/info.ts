import type { Image, TypedArray } from "../array.js";
import { explicitJson } from "../export/side-file.js";
import { headerValue, motors } from "../image/header-value.js";
import { imageInfo } from "../image/image-info.js";
import { listFiles } from "../image/list-files.js";
import type { OpenImageOptions } from "../image/open-image.js";
import { readImage } from "../image/read-image.js";
import type { AzimuthalIntegrator } from "../integrate/azimuthal-integrator.js";
import { measureEngines } from "../integrate/engine/fastest.js";
import { load } from "../integrate/load.js";
import type { Arguments } from "./arguments.js";
import { type Command, type CommandIo, UsageError } from "./command.js";
import { columns, defineCommand } from "./define-command.js";
import { openingOf, openingOptions } from "./opening-arguments.js";

type Facts = Readonly<Record<string, unknown>>;

/** `cakelab info`: what is in an image or a calibration. */
export const infoCommand: Command = defineCommand({
  name: "info",
  summary: "Tell what is in an image or a calibration",
  usage: "FILE… [--json] | --engines",
  notes: `FILE may be a glob or a folder. The numbers are those of the first frame: masked pixels are those
that detectors mark (negative whole numbers, NaN, ±infinity), saturated ones those at the header's limit
or at the highest number of the type.`,
  options: {
    engines: { help: "list the engines that integrate, and which of them work here" },
    ...openingOptions,
    json: { help: "print as JSON" },
  },
  run,
});

async function run(args: Arguments, io: CommandIo): Promise<number> {
  const all = args.has("engines")
    ? [await engines()]
    : await factsOfAll(args.positionals, openingOf(args));
  const facts = all.length === 1 ? all[0]! : all;
  const table = (one: Facts): string =>
    columns(Object.entries(one).map(([name, value]) => [name, show(name, value)] as const));
  io.stdout.write(
    args.has("json") ? `${explicitJson(facts, 2)}\n` : `${all.map(table).join("\n\n")}\n`,
  );
  return 0;
}

/** Which engines work here, and how fast: the fastest is what `auto` takes. */
async function engines(): Promise<Facts> {
  const reports = await measureEngines(["wasm", "gpu", "js"]);
  return Object.fromEntries(
    reports.map(({ name, mode, millisecondsPerMegapixel, reason }) => [
      name,
      reason === undefined
        ? { mode, "ms per megapixel": Number(millisecondsPerMegapixel!.toPrecision(3)) }
        : `does not work here: ${reason}`,
    ]),
  );
}

async function factsOfAll(
  patterns: readonly string[],
  opening: OpenImageOptions,
): Promise<Facts[]> {
  if (patterns.length === 0) throw new UsageError("info takes FILE: an image or a .poni");
  const all: Facts[] = [];
  for (const file of await listFiles(patterns)) {
    all.push(
      file.toLowerCase().endsWith(".poni")
        ? calibration(await load(file))
        : await image(file, opening),
    );
  }
  return all;
}

async function image(file: string, opening: OpenImageOptions): Promise<Facts> {
  const { header, ...info } = await imageInfo(file, opening);
  const first = await readImage(file, { trustedFolders: opening.trustedFolders ?? [] });
  const named = (["exposureTime", "date", "monitor", "wavelength", "distance"] as const)
    .map((name) => [name, headerValue(first, name)] as const)
    .filter(([, value]) => value !== undefined);
  const positions = motors(first);
  return {
    ...info,
    ...statistics(first),
    ...Object.fromEntries(named),
    ...(Object.keys(positions).length > 0 ? { motors: positions } : {}),
    header,
  };
}

/** Of the first frame. */
function statistics({ data, header }: Image): Facts {
  const limit = saturation(data, header);
  const isInteger = !(data instanceof Float32Array || data instanceof Float64Array);
  let minimum = Infinity;
  let maximum = -Infinity;
  let sum = 0;
  let notFinite = 0;
  let negative = 0;
  let saturated = 0;
  for (const value of data) {
    if (!Number.isFinite(value)) {
      notFinite++;
      continue;
    }
    if (value < 0) negative++;
    if (value >= limit) saturated++;
    if (value < minimum) minimum = value;
    if (value > maximum) maximum = value;
    sum += value;
  }
  const finite = data.length - notFinite;
  const masked = notFinite + (isInteger ? negative : 0);
  return finite === 0
    ? { notFinite, masked }
    : { minimum, maximum, mean: sum / finite, negative, notFinite, masked, saturated };
}

/** From where on a pixel counts as saturated: what the header says, or the type's highest number. */
function saturation(data: TypedArray, header: Readonly<Record<string, string>> = {}): number {
  const told = /^\d+/.exec(header.Count_cutoff ?? header.saturated_value ?? "")?.[0];
  if (told !== undefined && Number(told) > 0) return Number(told);
  if (data instanceof Float32Array || data instanceof Float64Array) return Infinity;
  const isSigned =
    data instanceof Int8Array || data instanceof Int16Array || data instanceof Int32Array;
  return 2 ** (8 * data.BYTES_PER_ELEMENT - (isSigned ? 1 : 0)) - 1;
}

function calibration(ai: AzimuthalIntegrator): Facts {
  const { dist, poni1, poni2, rot1, rot2, rot3, wavelength, detector } = ai;
  return {
    dist,
    poni1,
    poni2,
    rot1,
    rot2,
    rot3,
    wavelength,
    detector: detector.name,
    shape: detector.shape,
    pixel1: detector.pixel1,
    pixel2: detector.pixel2,
    orientation: detector.orientation,
    fit2d: ai.getFit2d(),
  };
}

const UNITS: Readonly<Record<string, string>> = {
  exposureTime: "s",
  distance: "m",
  dist: "m",
  poni1: "m",
  poni2: "m",
  rot1: "rad",
  rot2: "rad",
  rot3: "rad",
  wavelength: "m",
  pixel1: "m",
  pixel2: "m",
  directDist: "mm",
  centerX: "pixels",
  centerY: "pixels",
  tilt: "°",
  tiltPlanRotation: "°",
};

function show(name: string, value: unknown): string {
  if (value === undefined || value === null) {
    return "not known";
  }
  if (Array.isArray(value)) {
    return value.join(" × ");
  }
  if (typeof value === "object") {
    return Object.entries(value)
      .map(([part, of]) => `${part} ${show(part, of)}`)
      .join(", ");
  }
  const unit = UNITS[name];
  return unit === undefined ? `${value}` : `${value} ${unit}`;
}
