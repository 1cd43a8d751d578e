import { type DiffMapMotor, parseDiffMap } from "../config/diffmap.js";
import { ConfigError } from "../config/parse-yaml.js";
import type { WorkerConfig } from "../config/worker.js";
import { FileAccessError } from "../errors.js";
import { parsePoni } from "../geometry/poni.js";
import { nodeModule } from "../host/node.js";
import { missingFile } from "../image/missing-file.js";
import { AzimuthalIntegrator } from "../integrate/azimuthal-integrator.js";
import type { ScanMotor } from "./axis.js";
import type { DiffMapOptions } from "./diff-map-options.js";
import { scanJob } from "./scan-job.js";

/**
 * Reads the JSON of pyFAI's diff_map (version 1 and before, with the configuration of a worker of version
 * 1 to 5) as options of `diffMap`. Files that are not where it says are looked for beside it.
 *
 * @throws FileAccessError; ConfigError for what is not understood; FileFormatError for its geometry
 * @example await diffMap({ ...(await readDiffMapConfig("job.json")), output: "map.h5" });
 */
export async function readDiffMapConfig(path: string): Promise<Partial<DiffMapOptions>> {
  const text = await readText(path);
  const { title, slow, fast, offset, zigzag, worker, input, output } = parseDiffMap(text, path);
  const beside = (file: string): string => found(path, file);
  const ai = await integratorOf(worker, path, beside);
  const { nptAzim, unit, npt, mask, dark, flat, monitor } = worker;
  const { radialRange, azimuthRange, errorModel, method } = worker;
  const { polarizationFactor, normalizationFactor, dummy, deltaDummy } = worker;
  return withoutUndefined({
    files: input.length === 0 ? undefined : input.map(beside),
    ai,
    output,
    title,
    slow: motorOf(slow),
    fast: motorOf(fast),
    offset,
    zigzag,
    npt,
    nptAzim,
    unit,
    radialRange,
    azimuthRange,
    errorModel,
    method,
    monitor,
    polarizationFactor,
    normalizationFactor: normalizationFactor === 1 ? undefined : normalizationFactor,
    dummy,
    deltaDummy,
    correctSolidAngle: worker.correctSolidAngle,
    mask: mask === undefined ? undefined : beside(mask),
    dark: dark.length === 0 ? undefined : dark.map(beside),
    flat: flat.length === 0 ? undefined : flat.map(beside),
  });
}

/**
 * The JSON of diff_map for options of `diffMap`: version 1 with a worker of version 5, as pyFAI ≥ 2025
 * reads it. Corrections are in it by their paths; those that were given as images are not.
 *
 * @throws as `diffMap`
 */
export async function formatDiffMapConfig(options: DiffMapOptions): Promise<string> {
  const { description } = await scanJob(options);
  const output = nodeModule("node:path").resolve(options.output);
  return `${JSON.stringify({ ...description.diffMap, output_file: output }, undefined, 2)}\n`;
}

async function readText(path: string): Promise<string> {
  try {
    return await nodeModule("node:fs/promises").readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") throw await missingFile(path);
    throw new FileAccessError(path, `cannot be read (${(error as Error).message})`, {
      cause: error,
    });
  }
}

async function integratorOf(
  { poni }: WorkerConfig,
  path: string,
  beside: (file: string) => string,
): Promise<AzimuthalIntegrator | undefined> {
  if (poni.file === undefined && poni.lines.length === 0) return undefined;
  const text = poni.file === undefined ? "" : await readText(beside(poni.file));
  const named = poni.lines.length === 0 ? (poni.file ?? path) : path;
  return new AzimuthalIntegrator(parsePoni([text, ...poni.lines].join("\n"), named));
}

function motorOf({ name, start, stop, points }: DiffMapMotor): ScanMotor | undefined {
  const motor = withoutUndefined({ name, start, stop, points });
  return Object.keys(motor).length === 0 ? undefined : motor;
}

/** A file as it is named, or in the folder of the configuration. */
function found(config: string, file: string): string {
  const { existsSync } = nodeModule("node:fs");
  const { basename, dirname, join } = nodeModule("node:path");
  if (file.includes("\0")) throw new ConfigError(config, "a file's name holds NUL");
  if (existsSync(file)) return file;
  const candidates = [join(dirname(config), file), join(dirname(config), basename(file))];
  return candidates.find((candidate) => existsSync(candidate)) ?? file;
}

type Defined<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

function withoutUndefined<T extends object>(options: T): Defined<T> {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Defined<T>;
}
