import {
  batchGeometry,
  batchMask,
  frameSteps,
  outputsOf,
  processFrame,
} from "../batch/lightform-batch.js";
import { outputFolderUnder } from "../batch/output-folder.js";
import { parseLightform } from "../config/lightform.js";
import { isMapConfig, parseMapConfig } from "../config/map-config.js";
import { parseYaml } from "../config/parse-yaml.js";
import { FileAccessError } from "../errors.js";
import { nodeModule } from "../host/node.js";
import { listFiles } from "../image/list-files.js";
import { missingFile } from "../image/missing-file.js";
import type { Arguments } from "./arguments.js";
import { type Command, type CommandIo, UsageError } from "./command.js";
import { defineCommand } from "./define-command.js";
import { runMapBatch } from "./map-batch.js";
import { type InputFrame, listFrames } from "./outputs.js";
import { runSeries, type SeriesOutcome, type SeriesWork } from "./series.js";
import { type Kept, printSummary } from "./summary.js";

const STEPS = ["calibrate", ...frameSteps] as const;
type Step = (typeof STEPS)[number];

/**
 * `cakelab batch`: LightForm's YAML configuration, from the calibrant to the files for MAUD; or one of
 * maps in xrsmap's manner.
 */
export const batchCommand: Command = defineCommand({
  name: "batch",
  summary:
    "Run a YAML configuration: LightForm's (calibrate, integrate, cake, MAUD) or xrsmap's maps",
  usage: "CONFIG.yaml [--steps STEP,…] [--base DIR] [--overwrite]",
  notes: `The steps are calibrate (done where the .poni is missing, or when it is named), integrate
(azimuthal-integration/*.xy), cake (caking/*.dat for xrdfit) and maud (texture-maud/*.dat and *.esg).
Frames whose outputs are newer than the image, the .poni and the configuration are skipped, so that a
run that was stopped goes on. A frame that fails is reported and the others go on.
A configuration with input and process in xrsmap's manner makes composite and ring maps instead.`,
  options: {
    steps: { value: "STEP,…", help: `of ${STEPS.join(", ")} (default: all)`, list: true },
    base: { value: "DIR", help: "folder that paths in CONFIG start from (default: this one)" },
    overwrite: { help: "work on all frames, also those that are done" },
    json: { help: "print the summary as JSON" },
    quiet: { short: "q", help: "print errors only" },
  },
  run,
});

async function run(args: Arguments, io: CommandIo): Promise<number> {
  const [path, more] = args.positionals;
  if (path === undefined || more !== undefined) {
    throw new UsageError("batch takes one CONFIG.yaml");
  }
  const { join, resolve } = nodeModule("node:path");
  const steps = stepsOf(args);
  const base = args.text("base") ?? ".";
  const yaml = await textOf(path);
  if (isMapConfig(parseYaml(yaml, path))) {
    if (args.has("steps") || args.has("overwrite")) {
      throw new UsageError(`${path} is a configuration of maps, which has no steps`);
    }
    const options = { json: args.has("json"), quiet: args.has("quiet") };
    return runMapBatch(parseMapConfig(yaml, path), base, options, io);
  }
  const config = parseLightform(yaml, path);
  const files = config.file_paths;
  const at = (name: string): string => resolve(base, name);
  const poni = at(files.output_calibration_path);
  const calibrant = files.input_calibrant_file;
  const ai = await batchGeometry(
    config,
    { poni, calibrant: calibrant === undefined ? undefined : at(calibrant) },
    args.has("steps") && steps.includes("calibrate"),
  );
  const { mask } = config.processing;
  const maskOf = await batchMask(config, mask === undefined ? undefined : at(mask));
  const chosen = frameSteps.filter((step) => steps.includes(step));
  const since = Math.max(...(await Promise.all([path, poni].map(modified))));

  const total: SeriesOutcome<Kept> = { done: [], failed: [], seconds: 0 };
  let skipped = 0;
  let seconds = 0;
  const quiet = args.has("quiet");
  const pairs = files.input_experiment_list.map(
    (input, i) => [input, files.output_experiment_list[i]!] as const,
  );
  for (const [input, output] of chosen.length === 0 ? [] : pairs) {
    io.signal?.throwIfAborted();
    const folder = await outputFolderUnder(at(files.output_path), output, path);
    const images = await listFiles(join(at(files.input_path), input, files.glob_search_term)).catch(
      (error: unknown) => {
        if (!(error instanceof FileAccessError)) throw error;
        total.failed.push({ tag: error.tag, message: error.message });
        io.stderr.write(`failed: ${error.message}\n`);
        return [];
      },
    );
    const frames = await listFrames(images);
    const outputs = (frame: InputFrame) => outputsOf(folder, frame.stem, chosen);
    const finished = new Set<string>();
    if (!args.has("overwrite")) {
      for (const image of images) {
        const own = frames.filter(({ file }) => file === image);
        const made = own.flatMap((frame) => Object.values(outputs(frame)).flat());
        const newest = Math.max(since, await modified(image));
        const times = await Promise.all(made.map(modified));
        if (times.every((time) => time > newest)) finished.add(image);
      }
    }
    const left = frames.filter(({ file }) => !finished.has(file));
    skipped += frames.length - left.length;
    if (left.length === 0) continue;
    const jobs = left.map((frame) => ({
      source: frame.source,
      output: Object.values(outputs(frame)).flat()[0]!,
    }));
    const work: SeriesWork<void, Kept> = {
      compute: (frame) =>
        processFrame(frame, ai, config, {
          outputs: outputs(left[frame.index]!),
          mask: maskOf(frame),
          signal: io.signal,
        }),
      write: async () => ({}),
    };
    const outcome = await runSeries(
      images.filter((image) => !finished.has(image)),
      jobs,
      work,
      io,
      quiet,
    );
    total.done.push(...outcome.done);
    total.failed.push(...outcome.failed);
    seconds += outcome.seconds;
  }
  const notes = [
    `geometry: ${poni}`,
    `steps: ${chosen.join(", ")}; ${skipped} frames were done before`,
  ];
  const options = { command: "batch", json: args.has("json"), quiet, notes };
  return printSummary({ ...total, seconds }, options, io);
}

function stepsOf(args: Arguments): readonly Step[] {
  const named = args.list("steps");
  if (named.length === 0) return STEPS;
  return named.map((name) => {
    const step = STEPS.find((candidate) => candidate === name);
    if (step === undefined) {
      throw new UsageError(`--steps has no "${name}"; choose from ${STEPS.join(", ")}`);
    }
    return step;
  });
}

async function textOf(path: string): Promise<string> {
  try {
    return await nodeModule("node:fs/promises").readFile(path, "utf8");
  } catch (error) {
    throw await missingFile(path, error);
  }
}

/** When a file was last written; −∞ for one that is not there. */
async function modified(path: string): Promise<number> {
  const found = await nodeModule("node:fs/promises")
    .stat(path)
    .catch(() => undefined);
  return found?.mtimeMs ?? -Infinity;
}
