import type { Geometry } from "../geometry/geometry.js";
import type { IntegrateOptions } from "../integrate/options.js";
import { diffMapVersion } from "./diffmap.js";
import { workerVersion } from "./worker.js";

/** An integration as pyFAI's worker is to be told of it. */
export interface WorkerFacts {
  readonly geometry: Geometry & { readonly wavelength: number | undefined };
  readonly detector: { readonly name: string; readonly config: Readonly<Record<string, unknown>> };
  readonly npt: number;
  readonly nptAzim: number | undefined;
  readonly options: Pick<
    IntegrateOptions,
    | "unit"
    | "polarizationFactor"
    | "normalizationFactor"
    | "dummy"
    | "deltaDummy"
    | "correctSolidAngle"
    | "errorModel"
    | "azimuthRange"
    | "radialRange"
  > & { readonly split: string };
  readonly dark: readonly string[];
  readonly flat: readonly string[];
  readonly mask: string | undefined;
  readonly monitor: string | undefined;
  readonly shape: readonly [number, number] | undefined;
}

/** A scan as diff_map is to be told of it. */
export interface DiffMapFacts {
  readonly title: string;
  readonly slow: MotorFacts;
  readonly fast: MotorFacts;
  readonly offset: number;
  readonly zigzag: boolean;
  readonly worker: WorkerFacts;
  readonly input: readonly string[];
  readonly output: string | undefined;
}

interface MotorFacts {
  readonly name: string;
  readonly positions: Float64Array;
}

/** The configuration of a worker, version 5, as pyFAI ≥ 2025 reads it. */
export function workerJson(facts: WorkerFacts): Record<string, unknown> {
  const { geometry, detector, options, dark, flat } = facts;
  const { dist, poni1, poni2, rot1, rot2, rot3, wavelength } = geometry;
  const { polarizationFactor } = options;
  return {
    application: "worker",
    version: workerVersion,
    poni: {
      poni_version: "sensor" in detector.config ? 3 : 2.1,
      dist,
      poni1,
      poni2,
      rot1,
      rot2,
      rot3,
      detector: detector.name,
      detector_config: detector.config,
      wavelength: wavelength ?? null,
    },
    nbpt_rad: facts.npt,
    nbpt_azim: facts.nptAzim ?? 1,
    unit: options.unit,
    chi_discontinuity_at_0: false,
    polarization_description:
      (polarizationFactor ?? null) === null ? null : [polarizationFactor, 0],
    normalization_factor: options.normalizationFactor ?? 1,
    val_dummy: options.dummy ?? null,
    delta_dummy: options.deltaDummy ?? null,
    correct_solid_angle: options.correctSolidAngle ?? true,
    dark_current: dark.length > 0 ? dark : null,
    flat_field: flat.length > 0 ? flat : null,
    mask_file: facts.mask ?? null,
    error_model: options.errorModel ?? "no",
    method: [options.split, "csr", "cython"],
    opencl_device: null,
    azimuth_range: options.azimuthRange ?? null,
    radial_range: options.radialRange ?? null,
    integrator_class: "AzimuthalIntegrator",
    integrator_method: null,
    extra_options: null,
    monitor_name: facts.monitor ?? null,
    shape: facts.shape ?? null,
  };
}

/** diff_map's configuration, version 1, as pyFAI ≥ 2025 reads it; its worker is of version 5. */
export function diffMapJson(facts: DiffMapFacts): Record<string, unknown> {
  const { title, offset, zigzag, worker, input, output } = facts;
  return {
    diffmap_config_version: diffMapVersion,
    experiment_title: title,
    slow_motor: motorJson(facts.slow),
    fast_motor: motorJson(facts.fast),
    offset,
    zigzag_scan: zigzag,
    ai: workerJson(worker),
    input_data: input.map((path) => [path, null, null, null]),
    output_file: output ?? null,
  };
}

function motorJson({ name, positions }: MotorFacts): Record<string, unknown> {
  const [start = 0] = positions;
  return { start, stop: positions[positions.length - 1] ?? start, points: positions.length, name };
}
