import type { Detector, Orientation, Shape } from "../detector/detector.js";
import { detector } from "../detector/detector-factory.js";
import type { Sensor } from "../detector/spec.js";
import { CakelabError, FileFormatError, isCakelabError } from "../errors.js";
import { suggest } from "../suggest.js";
import { type PoniEntries, readNumber, requireEntry } from "./poni-entries.js";

/** What `Detector_config` may say. */
const CONFIG_KEYS = [
  "pixel1",
  "pixel2",
  "max_shape",
  "orientation",
  "radius",
  "sensor",
  "splinefile",
];

/** The detector that the entries of a PONI file describe. */
export function poniDetector(entries: PoniEntries, version: number, path: string): Detector {
  try {
    return version < 2 ? firstVersion(entries, path) : laterVersion(entries, path);
  } catch (cause) {
    if (!(cause instanceof CakelabError) || cause instanceof FileFormatError) throw cause;
    throw new FileFormatError(path, cause.message, { cause });
  }
}

/** Version 1 gives pixel sizes, or a name, or both. */
function firstVersion(entries: PoniEntries, path: string): Detector {
  refuseSpline(entries.get("splinefile")?.text, path);
  const name = entries.get("detector")?.text;
  const hasPixels = entries.has("pixelsize1") || entries.has("pixelsize2");
  if (name !== undefined && !isGeneric(name) && !hasPixels) return detector(name);
  const pixel1 = readNumber(entries, "PixelSize1", path);
  const pixel2 = readNumber(entries, "PixelSize2", path);
  if (name === undefined || isGeneric(name)) return detector({ pixel1, pixel2 });
  try {
    return detector({ name, pixel1, pixel2 });
  } catch (error) {
    // Pixel sizes are all that this version says of a detector that has no name in the catalogue.
    if (isCakelabError(error, "option") && isUnknownName(error, name)) {
      return detector({ pixel1, pixel2 });
    }
    throw error;
  }
}

function laterVersion(entries: PoniEntries, path: string): Detector {
  const name = requireEntry(entries, "Detector", path).text;
  const config = readConfig(requireEntry(entries, "Detector_config", path).text, path);
  if (name.toLowerCase() === "nexusdetector" || /\.(h5|hdf5|nxs)$/i.test(name)) {
    throw new FileFormatError(
      path,
      "its detector is described in a NeXus file, which CakeLab does not read; " +
        "give the corners of its pixels: detector({ corners })",
    );
  }
  refuseSpline(config.get("splinefile"), path);
  const common = {
    ...(config.has("pixel1") ? { pixel1: configNumber(config, "pixel1", path) } : {}),
    ...(config.has("pixel2") ? { pixel2: configNumber(config, "pixel2", path) } : {}),
    ...(config.has("sensor") ? { sensor: config.get("sensor") as Sensor } : {}),
    orientation: readOrientation(config.get("orientation"), path),
  };
  const shape = config.get("max_shape") as Shape | undefined;
  if (!isGeneric(name)) {
    return detector({
      ...common,
      name,
      ...(shape === undefined ? {} : { maxShape: shape }),
      ...(config.has("radius") ? { radius: configNumber(config, "radius", path) } : {}),
    });
  }
  return detector({
    ...common,
    pixel1: configNumber(config, "pixel1", path),
    pixel2: configNumber(config, "pixel2", path),
    ...(shape === undefined ? {} : { shape }),
  });
}

/** The configuration by key in lower case; what is null is left out. */
function readConfig(text: string, path: string): Map<string, unknown> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    const message = `Detector_config is not valid JSON: ${JSON.stringify(text.slice(0, 80))}`;
    throw new FileFormatError(path, `${message}; correct it or calibrate again`, { cause });
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    const message = `Detector_config is ${JSON.stringify(text.slice(0, 80))}`;
    throw new FileFormatError(path, `${message}; it must be { "pixel1": …, "pixel2": … }`);
  }
  const config = new Map<string, unknown>();
  for (const [key, value] of Object.entries(parsed)) {
    const lower = key.toLowerCase();
    if (!CONFIG_KEYS.includes(lower)) {
      const [near] = suggest(lower, CONFIG_KEYS, 1);
      const hint = near ? `did you mean "${near}"?` : `known are ${CONFIG_KEYS.join(", ")}`;
      throw new FileFormatError(
        path,
        `Detector_config has ${JSON.stringify(key)}, which CakeLab does not know; ${hint}`,
      );
    }
    if (value !== null) config.set(lower, value);
  }
  return config;
}

function configNumber(config: Map<string, unknown>, key: string, path: string): number {
  const value = config.get(key);
  if (typeof value === "number") return value;
  const found = value === undefined ? "is missing" : `is ${JSON.stringify(value)}, not a number`;
  throw new FileFormatError(path, `"${key}" of Detector_config ${found}; give it in metres`);
}

/** 0 is pyFAI's "not specified", which it takes as 3. */
function readOrientation(value: unknown, path: string): Orientation {
  if (value === undefined || value === 0) return 3;
  if (value === 1 || value === 2 || value === 3 || value === 4) return value;
  throw new FileFormatError(
    path,
    `the orientation ${JSON.stringify(value)} is not supported (5 to 8 swap rows and columns); ` +
      "use 1 (top left), 2 (top right), 3 (bottom right) or 4 (bottom left)",
  );
}

function refuseSpline(file: unknown, path: string): void {
  if (file === undefined || (typeof file === "string" && /^(none)?$/i.test(file))) return;
  throw new FileFormatError(
    path,
    `it corrects distortions with the spline file ${JSON.stringify(file)}, which CakeLab does ` +
      "not read; give the corners of the pixels: detector({ corners })",
  );
}

function isGeneric(name: string): boolean {
  return name.toLowerCase() === "detector";
}

function isUnknownName(error: CakelabError, name: string): boolean {
  return "value" in error && error.value === name;
}
