import type { Image } from "../array.js";
import { radialUnit } from "../geometry/units.js";
import { nodeModule } from "../host/node.js";
import { averageImages } from "../image/average-images.js";
import { listFiles } from "../image/list-files.js";
import { readImage } from "../image/read-image.js";
import { resolveMethod } from "../integrate/method.js";
import type { IntegrateOptions, Method } from "../integrate/options.js";
import type { Arguments, OptionTable } from "./arguments.js";
import { type CommandIo, UsageError } from "./command.js";
import { openingOptions } from "./opening-arguments.js";

/** Options of every command that integrates a series. */
export const integrationOptions: OptionTable = {
  poni: { short: "p", value: "PONI", help: "the calibration, a .poni file" },
  mask: {
    short: "m",
    value: "MASK",
    help: "image in which every pixel that is not zero is masked",
  },
  dark: { short: "d", value: "DARK,…", help: "dark image; several are averaged", list: true },
  flat: { short: "f", value: "FLAT,…", help: "flat field; several are averaged", list: true },
  "radial-range": {
    value: "A,B",
    help: "lower and upper limit in the unit (default: the data's own)",
  },
  method: {
    value: "M",
    help: "pixel splitting no, bbox or full, or a method of pyFAI's such as bbox_csr_cython (default: full)",
  },
  engine: { value: "ENGINE", help: "auto, js, wasm or gpu (default: auto, or CAKELAB_ENGINE)" },
  ...openingOptions,
  output: { short: "o", value: "DIR", help: "folder of the outputs, made where it is missing" },
  json: { help: "print the summary as JSON" },
  quiet: { short: "q", help: "print errors only" },
};

const ENGINES = ["auto", "js", "wasm", "gpu"] as const;

/** The input files of a command: paths, globs and folders in natural order. */
export async function inputFiles(args: Arguments): Promise<string[]> {
  if (args.positionals.length === 0) {
    throw new UsageError("FILE is missing: name images, globs or folders");
  }
  return listFiles(args.positionals);
}

/** The output folder, checked before anything is read. */
export async function outputFolder(args: Arguments): Promise<string> {
  const folder = args.required("output");
  const found = await nodeModule("node:fs/promises")
    .stat(folder)
    .catch(() => undefined);
  if (found !== undefined && !found.isDirectory()) {
    throw new UsageError(`${folder} is a file; -o takes the folder that the outputs go to`);
  }
  return folder;
}

/** The method asked for, with the engine that `--engine` names. */
export function methodOf(args: Arguments): Method {
  const engine = args.choice("engine", ENGINES);
  const method = resolveMethod(args.text("method"));
  return engine === undefined ? method : { ...method, engine };
}

/** The unit, checked before anything is read. */
export function unitOf(args: Arguments, otherwise: string): string {
  return radialUnit(args.text("unit") ?? otherwise).name;
}

/** The polarization factor; `undefined` for no correction. */
export function polarizationOf(args: Arguments, otherwise?: number): number | undefined {
  const text = args.text("polarization");
  if (text === "none") {
    return undefined;
  }
  const factor = text === undefined ? otherwise : args.number("polarization");
  if (factor !== undefined && Math.abs(factor) > 1) {
    throw new UsageError(`--polarization is from -1 to 1, or none; not ${factor}`);
  }
  return factor;
}

/** The options of an integration that every command shares; reads the mask and the corrections. */
export async function integrateOptions(
  args: Arguments,
  io: CommandIo,
): Promise<Pick<IntegrateOptions, "radialRange" | "mask" | "dark" | "flat" | "signal">> {
  const radialRange = args.range("radial-range");
  const { signal } = io;
  const mask = args.text("mask");
  const corrections: { mask?: Image; dark?: Image; flat?: Image } = {};
  if (mask !== undefined) {
    corrections.mask = await readImage(mask);
  }
  for (const name of ["dark", "flat"] as const) {
    const files = args.list(name);
    if (files.length > 0) {
      corrections[name] = await averageImages(files);
    }
  }
  return {
    ...corrections,
    ...(radialRange === undefined ? {} : { radialRange }),
    ...(signal === undefined ? {} : { signal }),
  };
}
