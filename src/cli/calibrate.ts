import { calibrate } from "../calibrate/calibrate.js";
import type { CalibrateOptions, CalibrationStart, FixName } from "../calibrate/options.js";
import { calibrationReport } from "../calibrate/report.js";
import type { CalibrationResult } from "../calibrate/result.js";
import { parameterRows } from "../calibrate/summary.js";
import type { Detector } from "../detector/detector.js";
import { detector } from "../detector/detector-factory.js";
import { explicitJson } from "../export/side-file.js";
import { nodeModule } from "../host/node.js";
import { type OutputFile, writeTogether } from "../host/write-atomic.js";
import { readImage } from "../image/read-image.js";
import type { Arguments } from "./arguments.js";
import { type Command, type CommandIo, UsageError } from "./command.js";
import { columns, defineCommand } from "./define-command.js";
import { polarizationOf } from "./integration-arguments.js";
import { progressDisplay } from "./progress-display.js";

/** `cakelab calibrate`: where the detector is, from the image of a calibrant. */
export const calibrateCommand: Command = defineCommand({
  name: "calibrate",
  summary: "Find where the detector is, from the image of a calibrant",
  usage: "FILE --calibrant NAME --wavelength METRES --pixel METRES[,METRES] [options] -o PONI",
  notes: `Nothing needs to be known of the distance and the centre. Where an image is hard, start values
help: --distance and --center; --fix holds parameters at them. The command fails, with the reason,
where no trustworthy geometry is found.`,
  options: {
    calibrant: { value: "NAME", help: "such as CeO2 or LaB6" },
    wavelength: { value: "METRES", help: "such as 1.2423e-11" },
    pixel: { value: "METRES[,METRES]", help: "size of a pixel: slow axis, fast axis" },
    detector: { value: "NAME", help: "a detector by name, instead of --pixel" },
    distance: { value: "M", help: "start value of the distance, in metres" },
    center: { value: "X,Y", help: "start value of the beam's centre: column, row, in pixels" },
    rot1: { value: "RADIANS", help: "start value of rot1 (default: 0)" },
    rot2: { value: "RADIANS", help: "start value of rot2 (default: 0)" },
    fix: {
      value: "NAME,…",
      help: "hold dist, poni1, poni2, center, rot1, rot2 or wavelength at its start value",
      list: true,
    },
    "refine-wavelength": { help: "refine the wavelength too" },
    rings: { value: "N", help: "use the innermost N rings (default: all that can be told apart)" },
    polarization: { value: "F", help: "polarization factor, -1 to 1, or none (default: none)" },
    mask: {
      short: "m",
      value: "MASK",
      help: "image in which every pixel that is not zero is masked",
    },
    report: { value: "HTML", help: "also write a report with figures" },
    output: { short: "o", value: "PONI", help: "the file that is written" },
    json: { help: "print the result as JSON" },
    quiet: { short: "q", help: "print errors only" },
  },
  run,
});

async function run(args: Arguments, io: CommandIo): Promise<number> {
  const [file, more] = args.positionals;
  if (file === undefined || more !== undefined) {
    throw new UsageError("calibrate takes one FILE: the image of a calibrant");
  }
  const output = args.required("output");
  const options = {
    calibrant: args.required("calibrant"),
    wavelength: wavelengthOf(args),
    detector: detectorOf(args),
    ...tuning(args),
  };
  const image = await readImage(file);
  const maskFile = args.text("mask");
  const mask = maskFile === undefined ? undefined : await readImage(maskFile);
  const display = progressDisplay(io, args.has("quiet"));
  const result = await calibrate(image, {
    ...options,
    ...(mask === undefined ? {} : { mask }),
    ...(io.signal === undefined ? {} : { signal: io.signal }),
  }).finally(() => display.close());
  const name = nodeModule("node:path").basename(file);
  const files: OutputFile[] = [{ path: output, data: result.formatPoni({ image: name }) }];
  const report = args.text("report");
  if (report !== undefined) {
    const shown = mask === undefined ? {} : { mask };
    files.push({ path: report, data: calibrationReport(result, image, { title: name, ...shown }) });
  }
  await writeTogether(files);
  print(result, files, args, io);
  return 0;
}

function wavelengthOf(args: Arguments): number {
  args.required("wavelength");
  const wavelength = args.number("wavelength")!;
  if (wavelength > 1e-13 && wavelength < 1e-7) return wavelength;
  const angstrom = wavelength > 1e-3 && wavelength < 100;
  const hint = angstrom ? `; for ${wavelength} Å write ${wavelength}e-10` : ", as 1e-10 for 1 Å";
  throw new UsageError(`--wavelength is in metres${hint}`);
}

function detectorOf(args: Arguments): Detector {
  const name = args.text("detector");
  const sizes = args.list("pixel");
  if ((name === undefined) === (sizes.length === 0)) {
    throw new UsageError("give --pixel METRES or --detector NAME, one of them");
  }
  if (name !== undefined) return detector(name);
  const [pixel1, pixel2 = pixel1] = sizes.map(Number) as [number, number?];
  if (sizes.length > 2 || !(pixel1 > 0 && pixel1 < 0.1 && pixel2! > 0 && pixel2! < 0.1)) {
    throw new UsageError(
      "--pixel is in metres: one size, or those of slow and fast axis, as 172e-6",
    );
  }
  return detector({ pixel1, pixel2: pixel2! });
}

function tuning(args: Arguments): Partial<CalibrateOptions> {
  const given = {
    dist: args.number("distance"),
    center: args.range("center"),
    rot1: args.number("rot1"),
    rot2: args.number("rot2"),
  };
  const known = Object.entries(given).filter(([, value]) => value !== undefined);
  const polarizationFactor = polarizationOf(args);
  const rings = args.count("rings");
  return {
    start: Object.fromEntries(known) as CalibrationStart,
    fix: args.list("fix") as FixName[],
    refineWavelength: args.has("refine-wavelength"),
    ...(rings === undefined ? {} : { rings }),
    ...(polarizationFactor === undefined ? {} : { polarizationFactor }),
  };
}

function print(
  result: CalibrationResult,
  files: readonly OutputFile[],
  args: Arguments,
  io: CommandIo,
): void {
  const { ai, sigma, residual, rings, warnings, calibrant, fwhm } = result;
  for (const warning of warnings) io.stderr.write(`warning: ${warning}\n`);
  if (args.has("json")) {
    const { dist, poni1, poni2, rot1, rot2, rot3, wavelength } = ai;
    const geometry = { dist, poni1, poni2, rot1, rot2, rot3, wavelength };
    const written = files.map(({ path }) => path);
    const { name, source, lattice } = calibrant;
    io.stdout.write(
      `${explicitJson({ ...geometry, sigma, residual, fwhm, rings, calibrant: { name, source, lattice }, warnings, written }, 2)}\n`,
    );
  } else if (!args.has("quiet")) {
    const rows = parameterRows(result).map(([name, value, error]) => {
      return [name, `${value}  ${error}`] as const;
    });
    const misfit = `${residual.median.toFixed(4)} pixels, ${residual.heldOutMedian.toFixed(4)} of rings left out`;
    io.stdout.write(
      `${columns([...rows, ["rings", `${rings.length} of ${calibrant.name}`], ["median misfit", misfit], ["written", files.map(({ path }) => path).join(", ")]])}\n`,
    );
  }
}
