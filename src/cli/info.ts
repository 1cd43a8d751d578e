import type { Image } from "../array.js";
import { explicitJson } from "../export/side-file.js";
import { imageInfo } from "../image/image-info.js";
import { readImage } from "../image/read-image.js";
import type { AzimuthalIntegrator } from "../integrate/azimuthal-integrator.js";
import { measureEngines } from "../integrate/engine/fastest.js";
import { load } from "../integrate/load.js";
import type { Arguments } from "./arguments.js";
import { type Command, type CommandIo, UsageError } from "./command.js";
import { columns, defineCommand } from "./define-command.js";

type Facts = Readonly<Record<string, unknown>>;

/** `cakelab info`: what is in an image or a calibration. */
export const infoCommand: Command = defineCommand({
  name: "info",
  summary: "Tell what is in an image or a calibration",
  usage: "FILE [--json] | --engines",
  options: {
    engines: { help: "list the engines that integrate, and which of them work here" },
    json: { help: "print as JSON" },
  },
  run,
});

async function run(args: Arguments, io: CommandIo): Promise<number> {
  const facts = args.has("engines") ? await engines() : await factsOf(args.positionals);
  const rows = Object.entries(facts).map(([name, value]) => [name, show(name, value)] as const);
  io.stdout.write(args.has("json") ? `${explicitJson(facts, 2)}\n` : `${columns(rows)}\n`);
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

async function factsOf(files: readonly string[]): Promise<Facts> {
  const [file, more] = files;
  if (file === undefined || more !== undefined) {
    throw new UsageError("info takes one FILE: an image or a .poni");
  }
  return file.toLowerCase().endsWith(".poni") ? calibration(await load(file)) : image(file);
}

async function image(file: string): Promise<Facts> {
  const { header, ...info } = await imageInfo(file);
  return { ...info, ...statistics(await readImage(file)), header };
}

/** Of the first frame. */
function statistics({ data }: Image): Facts {
  let minimum = Infinity;
  let maximum = -Infinity;
  let sum = 0;
  let notFinite = 0;
  let negative = 0;
  for (const value of data) {
    if (!Number.isFinite(value)) {
      notFinite++;
      continue;
    }
    if (value < 0) negative++;
    if (value < minimum) minimum = value;
    if (value > maximum) maximum = value;
    sum += value;
  }
  const finite = data.length - notFinite;
  return finite === 0
    ? { notFinite }
    : { minimum, maximum, mean: sum / finite, negative, notFinite };
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
