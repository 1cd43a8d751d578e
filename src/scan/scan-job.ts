import { diffMapJson } from "../config/format-diffmap.js";
import { OptionError } from "../errors.js";
import { nodeModule } from "../host/node.js";
import { parseAddress } from "../image/address.js";
import { naturalOrder } from "../image/natural-order.js";
import type { AzimuthalIntegrator } from "../integrate/azimuthal-integrator.js";
import { load } from "../integrate/load.js";
import { resolveMethod } from "../integrate/method.js";
import type { IntegrateOptions } from "../integrate/options.js";
import { resolveSettings } from "../integrate/settings.js";
import { checkOptionNames } from "../option-names.js";
import { version } from "../version.js";
import { type DiffMapOptions, SCAN_OPTIONS } from "./diff-map-options.js";
import type { ScanDescription } from "./nexus/description.js";
import { type Corrections, correctionFiles, digest, readCorrections } from "./scan-corrections.js";
import { scanFiles } from "./scan-files.js";
import type { FrameWork } from "./scan-frames.js";
import { scanGrid } from "./scan-grid.js";

/** A scan that is ready to run: every option checked, every correction read. */
export interface ScanJob {
  readonly work: FrameWork;
  readonly description: ScanDescription;
  /** What a run that is gone on with must have in common with the one before. */
  readonly settings: Readonly<Record<string, unknown>>;
}

const INTEGRATE_OPTIONS: readonly (keyof IntegrateOptions & keyof DiffMapOptions)[] = [
  "unit",
  "radialRange",
  "azimuthRange",
  "variance",
  "errorModel",
  "polarizationFactor",
  "correctSolidAngle",
  "normalizationFactor",
  "dummy",
  "deltaDummy",
  "empty",
  "method",
  "signal",
];

/**
 * Makes a scan ready.
 *
 * @throws OptionError, ShapeError; as `load`, `readImage` and `listFiles` for files
 */
export async function scanJob(options: DiffMapOptions): Promise<ScanJob> {
  checkOptionNames(options, [...SCAN_OPTIONS, ...INTEGRATE_OPTIONS]);
  const { npt, nptAzim, monitor, trustedFolders = [], title = "Diffraction Mapping" } = options;
  const { offset = 0, zigzag = false, positions = false, compression = "gzip" } = options;
  if (!Number.isInteger(offset) || offset < 0) {
    throw new OptionError("offset", offset, "is to be a number of frames, 0 or more");
  }
  const ai = typeof options.ai === "string" ? await load(options.ai) : options.ai;
  const corrections = await readCorrections(options);
  const integration = integrationOf(options, corrections);
  const frameShape = shapeOf(ai, corrections);
  // Before anything is read; the shape does not matter where it is not known.
  resolveSettings(frameShape ?? [1, 1], npt, nptAzim, integration);
  const files = await inputFiles(options);
  const grid = await scanGrid(options, files);
  const named = correctionFiles(options);
  const description: ScanDescription = {
    title,
    grid,
    offset,
    files,
    ...named,
    monitor,
    trustedFolders,
    hasMap: options.map ?? true,
    compression,
    diffMap: diffMapJson({
      title,
      slow: grid.slow,
      fast: grid.fast,
      offset,
      zigzag,
      input: files,
      output: undefined,
      worker: {
        geometry: { ...geometryOf(ai), wavelength: ai.wavelength },
        detector: ai.detector,
        npt,
        nptAzim,
        options: {
          ...integration,
          unit: integration.unit!,
          split: resolveMethod(options.method).split,
        },
        mask: named.maskFile,
        dark: named.darkFiles,
        flat: named.flatFiles,
        monitor,
        shape: frameShape,
      },
    }),
  };
  const { mask, dark, flat, variance, signal: _, method: __, ...numbers } = integration;
  const settings = {
    software: `cakelab ${version}`,
    title,
    slow: [...grid.slow.positions],
    fast: [...grid.fast.positions],
    motors: [grid.slow, grid.fast].map(({ name, unit }) => ({ name, unit })),
    offset,
    zigzag,
    positions,
    npt,
    nptAzim,
    integration: numbers,
    split: resolveMethod(options.method).split,
    algorithm: resolveMethod(options.method).algorithm,
    geometry: { ...geometryOf(ai), wavelength: ai.wavelength },
    detector: { name: ai.detector.name, config: ai.detector.config },
    mask: digest(mask),
    dark: digest(dark),
    flat: digest(flat),
    variance: digest(variance),
    monitor,
    files,
  };
  return {
    work: {
      files,
      grid,
      ai,
      integration: { npt, ...(nptAzim === undefined ? {} : { nptAzim }), ...integration },
      frameShape,
      monitor,
      trustedFolders,
    },
    description,
    settings,
  };
}

/** Absolute, without the output of an earlier run that a glob or folder may have caught. */
async function inputFiles({ files, output }: DiffMapOptions): Promise<string[]> {
  const { resolve } = nodeModule("node:path");
  const target = resolve(output);
  const isOutput = (file: string): boolean => resolve(parseAddress(file).path) === target;
  const named = typeof files === "string" ? [files] : files;
  if (named.some(isOutput)) {
    throw new OptionError("output", output, "is one of the images and would be overwritten");
  }
  const listed = await scanFiles(named, { prefix: "", extension: "" });
  const images = listed.filter((file) => !isOutput(file));
  if (images.length === 0) {
    throw new OptionError("files", files, "there is nothing but the output of an earlier run");
  }
  return naturalOrder(new Set(images.map((file) => resolve(file))));
}

function integrationOf(options: DiffMapOptions, corrections: Corrections): IntegrateOptions {
  const given = INTEGRATE_OPTIONS.filter((name) => (options[name] ?? undefined) !== undefined);
  const chosen = Object.fromEntries(given.map((name) => [name, options[name]]));
  return { unit: "2th_deg", ...chosen, ...corrections };
}

function shapeOf(
  { detector }: AzimuthalIntegrator,
  corrections: Corrections,
): readonly [number, number] | undefined {
  return detector.shape ?? Object.values(corrections).find((image) => image !== undefined)?.shape;
}

function geometryOf({ dist, poni1, poni2, rot1, rot2, rot3 }: AzimuthalIntegrator) {
  return { dist, poni1, poni2, rot1, rot2, rot3 };
}
