import type { ErrorModel, Method } from "../integrate/options.js";
import { reportNotice } from "../notice.js";
import { type Fields, fieldsOf } from "./fields.js";
import type { JsonObject } from "./loose-json.js";
import { ConfigError } from "./parse-yaml.js";
import { workerMethod } from "./worker-method.js";
import { type WorkerPoni, workerPoni } from "./worker-poni.js";

/** What pyFAI's worker is configured with: an integration, without its images. */
export interface WorkerConfig {
  readonly poni: WorkerPoni;
  readonly npt: number | undefined;
  /** `undefined` for profiles. */
  readonly nptAzim: number | undefined;
  readonly unit: string | undefined;
  readonly polarizationFactor: number | undefined;
  readonly normalizationFactor: number | undefined;
  readonly dummy: number | undefined;
  readonly deltaDummy: number | undefined;
  readonly correctSolidAngle: boolean;
  readonly dark: readonly string[];
  readonly flat: readonly string[];
  readonly mask: string | undefined;
  readonly errorModel: ErrorModel | undefined;
  readonly method: Method | undefined;
  readonly radialRange: readonly [number, number] | undefined;
  readonly azimuthRange: readonly [number, number] | undefined;
  readonly monitor: string | undefined;
}

/** The newest version that is read, and the one that is written. */
export const workerVersion = 5;

/** Keys that say nothing which changes a number here. */
const IGNORED = [
  "application",
  "opencl_device",
  "do_OpenCL",
  "do_2D",
  "shape",
  "integrator_name",
  "diffmap_config_version",
];

/**
 * Reads the configuration of pyFAI's worker, versions 1 to 5 (a key `version` that is missing means 1).
 *
 * @param name what messages call it: `"ai"`
 * @throws ConfigError for a newer version, a value that is not what it should be, and for what CakeLab
 * does not do: another integrator, sigma clipping, a polarization that is turned.
 */
export function readWorker(object: JsonObject, path: string, name: string): WorkerConfig {
  const fields = fieldsOf(object, path, name);
  const version = fields.number("version") ?? ("poni_version" in object ? 4 : 1);
  if (version > workerVersion) {
    throw new ConfigError(
      path,
      `${name}.version ${version} is newer than ${workerVersion}, the newest that CakeLab reads`,
    );
  }
  checkIntegrator(fields, path, name);
  // What is switched off does not count, whatever its value.
  const unless = <Value>(value: Value, ...switches: readonly string[]): Value | undefined =>
    fields.flag(...switches) === false ? undefined : value;
  const nptAzim = fields.count("nbpt_azim", "npt_azim");
  const isMap = fields.flag("do_2D") !== false && (nptAzim ?? 0) > 1;
  const azimuthRange = unless(
    range(fields, path, name, "azimuth"),
    "do_azimuthal_range",
    "do_azimuth_range",
  );
  const startsAtZero = fields.flag("chi_discontinuity_at_0") === true && isMap;
  const config: WorkerConfig = {
    poni: workerPoni(fields, version, path),
    npt: fields.count("nbpt_rad", "npt_rad") || undefined,
    nptAzim: isMap ? nptAzim : undefined,
    unit: fields.text("unit"),
    polarizationFactor: unless(polarization(fields, path, name), "do_polarization"),
    normalizationFactor: fields.number("normalization_factor"),
    dummy: unless(fields.number("val_dummy", "dummy"), "do_dummy"),
    deltaDummy: unless(fields.number("delta_dummy"), "do_dummy"),
    correctSolidAngle: fields.flag("correct_solid_angle", "do_solid_angle") ?? true,
    dark: unless(fields.texts("dark_current", "dark_current_image"), "do_dark") ?? [],
    flat: unless(fields.texts("flat_field", "flat_field_image"), "do_flat") ?? [],
    mask: unless(fields.text("mask_file", "mask_image"), "do_mask"),
    errorModel: errorModel(fields),
    method: workerMethod(fields.value("method")),
    radialRange: unless(range(fields, path, name, "radial"), "do_radial_range"),
    azimuthRange: azimuthRange ?? (startsAtZero ? [0, 360] : undefined),
    monitor: fields.text("monitor_name"),
  };
  const unread = fields.unread().filter((key) => !IGNORED.includes(key));
  if (unread.length > 0) {
    reportNotice(`${path}: ${name}.${unread.join(`, ${name}.`)} is not known and does not count`);
  }
  return config;
}

function checkIntegrator(fields: Fields, path: string, name: string): void {
  const kind = fields.text("integrator_class") ?? "AzimuthalIntegrator";
  const method = fields.text("integrator_method", "integrator_name") ?? "integrate";
  if (kind !== "AzimuthalIntegrator" || !/^(integrate([12]d)?)(_ng|_legacy)?$/.test(method)) {
    throw new ConfigError(
      path,
      `${name} asks for ${method} of ${kind}, and CakeLab maps integrate1d and integrate2d of AzimuthalIntegrator only`,
    );
  }
  const extra = fields.value("extra_options");
  if (extra !== undefined && JSON.stringify(extra) !== "{}") {
    reportNotice(`${path}: ${name}.extra_options do not count here`);
  }
}

function polarization(fields: Fields, path: string, name: string): number | undefined {
  const offset = fields.number("polarization_offset");
  const value = fields.value("polarization_description", "polarization_factor");
  const [factor, turned = offset ?? 0] = Array.isArray(value) ? value : [value];
  if ((factor ?? null) === null) return undefined;
  if (typeof factor !== "number" || !(Math.abs(factor) <= 1)) {
    throw fields.fail("polarization_description", "a factor from −1 to 1");
  }
  if (turned === 0) return factor;
  throw new ConfigError(
    path,
    `${name} turns the polarization by ${JSON.stringify(turned)}, and CakeLab corrects for a horizontal one; set the offset to 0`,
  );
}

const ERROR_MODELS = ["no", undefined, "poisson", "azimuthal", "hybrid"] as const;

function errorModel(fields: Fields): ErrorModel | undefined {
  const isPoisson = fields.flag("do_poisson") === true;
  const value = fields.value("error_model");
  if (value === undefined || value === "" || value === false)
    return isPoisson ? "poisson" : undefined;
  const word = `${value}`.toLowerCase();
  // pyFAI takes the beginning of a word, and has numbers for them.
  const model =
    typeof value === "number"
      ? ERROR_MODELS[value]
      : ERROR_MODELS.find((known) => known?.startsWith(word) || word === `${known}ne`);
  if (model === undefined) throw fields.fail("error_model", "no, poisson, azimuthal or hybrid");
  return model === "no" ? undefined : model;
}

function range(
  fields: Fields,
  path: string,
  name: string,
  kind: "radial" | "azimuth",
): readonly [number, number] | undefined {
  const given = fields.pair(`${kind}_range`);
  if (given !== undefined) return given;
  const low = fields.number(`${kind}_range_min`, `${kind}al_range_min`);
  const high = fields.number(`${kind}_range_max`, `${kind}al_range_max`);
  if (low !== undefined && high !== undefined) return [low, high];
  if (low !== undefined || high !== undefined) {
    reportNotice(`${path}: ${name}.${kind}_range has one limit only and does not count`);
  }
  return undefined;
}
