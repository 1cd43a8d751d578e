import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Image, TypedArray } from "../../src/array.js";
import { detector } from "../../src/detector/detector-factory.js";
import { AzimuthalIntegrator } from "../../src/integrate/azimuthal-integrator.js";
import type { EngineName, IntegrateOptions, Split } from "../../src/integrate/options.js";
import type { Integrate1dResult, Integrate2dResult } from "../../src/integrate/result.js";
import { readFixture } from "./npy.js";

/** Named arrays of one answer: `intensity`, `count`, `sigma` … and, where stored, the axes. */
export type Answer = Record<string, TypedArray>;

/** One integration with the answers that it is held against. */
export interface ReferenceCase {
  name: string;
  dim: 1 | 2;
  split: Split;
  npt: number;
  nptAzim: number;
  geometry: GeometrySpec;
  image: Image;
  options: IntegrateOptions;
  /** `undefined` where pyFAI is wrong. */
  pyfai: Answer | undefined;
  /** Whether pyFAI's sigma holds too. */
  pyfaiSigma: boolean;
  exact: Answer | undefined;
  truth: Answer | undefined;
  /** Radial bins that begin below it hold the pixel with the beam, whose azimuth is undefined. */
  beamRadius: number;
  /** `[radial, azimuthal]` bins in which pyFAI's 2D full splitting is not reproducible. */
  unreliable: [number, number][];
}

export interface GeometrySpec {
  detector: Parameters<typeof detector>[0];
  dist: number;
  poni1: number;
  poni2: number;
  rot1: number;
  rot2: number;
  rot3: number;
  wavelength: number;
}

export const SHARED = join(import.meta.dirname, "../../../shared/reference/pyfai");
export const OWN = join(import.meta.dirname, "../fixtures/integrate");

export function integrator(spec: GeometrySpec): AzimuthalIntegrator {
  return new AzimuthalIntegrator({ ...spec, detector: detector(spec.detector) });
}

/** Runs a case as a user would, with float64 weights. */
export function integrateCase(
  c: ReferenceCase,
  engine: EngineName,
): Promise<Integrate1dResult | Integrate2dResult> {
  const ai = integrator(c.geometry);
  const method = { split: c.split, algorithm: "csr-exact", engine } as const;
  const options: IntegrateOptions = { ...c.options, method };
  return c.dim === 1
    ? ai.integrate1d(c.image, c.npt, options)
    : ai.integrate2d(c.image, c.npt, c.nptAzim, options);
}

export function fixtureImage(path: string): Image {
  const { data, shape } = readFixture(path);
  return { data, shape: shape as [number, number] };
}

interface OwnListing {
  geometries: Record<string, { detector: { name?: string } } & Omit<GeometrySpec, "detector">>;
  geometryRows: Record<string, string[]>;
  cases: {
    name: string;
    geometry: string;
    dim: 1 | 2;
    split: Split;
    npt: number;
    nptAzim?: number;
    image: string;
    compare: "all" | "intensity" | null;
    truth: boolean;
    options: Record<string, unknown>;
    radial: [number, number];
    azimuthal?: [number, number];
    beamRadius?: number | null;
    rows: Record<string, string[]>;
  }[];
}

const ownListing = (): OwnListing =>
  JSON.parse(readFileSync(join(OWN, "cases.json"), "utf8")) as OwnListing;

/** The project's own cases; test/fixtures/integrate.py makes them. */
export function ownCases(): ReferenceCase[] {
  const { geometries, cases } = ownListing();
  return cases.map((c) => {
    const answer = (kind: string): Answer | undefined => {
      const rows = c.rows[kind];
      if (rows === undefined) return undefined;
      const { data, shape } = readFixture(join(OWN, `${c.name}.${kind}.npy`));
      const size = shape[1]!;
      const arrays = rows.map((row, i) => [row, data.subarray(i * size, (i + 1) * size)]);
      return { ...Object.fromEntries(arrays), ...(kind === "exact" ? axesOf(c) : {}) };
    };
    const options = { ...c.options };
    for (const name of ["mask", "dark", "flat", "variance"]) {
      if (name in options) options[name] = fixtureImage(join(OWN, `image.${options[name]}.npy`));
    }
    return {
      name: c.name,
      dim: c.dim,
      split: c.split,
      npt: c.npt,
      nptAzim: c.nptAzim ?? 1,
      geometry: ownGeometry(geometries[c.geometry]!),
      image: fixtureImage(join(OWN, `image.${c.image}.npy`)),
      options: options as IntegrateOptions,
      pyfai: answer("pyfai"),
      pyfaiSigma: c.compare === "all",
      exact: answer("exact"),
      truth: answer("truth"),
      beamRadius: c.beamRadius ?? 0,
      unreliable: [],
    };
  });
}

/** The project's own geometries with sampled pixels: a name for each row of `geometry.<name>.npy`. */
export function ownGeometries(): { name: string; spec: GeometrySpec; rows: string[] }[] {
  const { geometries, geometryRows } = ownListing();
  return Object.entries(geometries).map(([name, spec]) => ({
    name,
    spec: ownGeometry(spec),
    rows: geometryRows[name]!,
  }));
}

function ownGeometry(spec: OwnListing["geometries"][string]): GeometrySpec {
  return { ...spec, detector: spec.detector.name ?? spec.detector } as GeometrySpec;
}

function axesOf(c: OwnListing["cases"][number]): Answer {
  const spread = ([first, last]: [number, number], n: number): Float64Array =>
    Float64Array.from({ length: n }, (_, i) => first + ((last - first) / Math.max(n - 1, 1)) * i);
  return {
    radial: spread(c.radial, c.npt),
    ...(c.azimuthal ? { azimuthal: spread(c.azimuthal, c.nptAzim ?? 1) } : {}),
  };
}

const FROM_PYFAI: Record<string, string> = {
  polarization_factor: "polarizationFactor",
  error_model: "errorModel",
  radial_range: "radialRange",
  azimuth_range: "azimuthRange",
  delta_dummy: "deltaDummy",
  normalization_factor: "normalizationFactor",
};

interface SharedListing {
  cases: {
    name: string;
    g: string;
    dim: 1 | 2;
    split: Split;
    npt: number;
    azi: number;
    img: string;
    kw: Record<string, unknown>;
    geometry: SharedGeometry;
    compare: "pyfai" | "exact" | "none";
    beam_pixel_outer_radius?: number;
    unreliable_bins_radial_azimuthal?: [number, number][];
  }[];
}

interface SharedGeometry {
  det: { name?: string; pixel1: number; pixel2: number; radius?: number };
  dist: number;
  poni1: number;
  poni2: number;
  rot1: number;
  rot2: number;
  rot3: number;
  wl: number;
}

/** Whether the reference that is handed out beside the project is there. */
export const hasShared: boolean = existsSync(join(SHARED, "cases.json"));

/** The cases of that reference which CakeLab has to answer. */
export function sharedCases(): ReferenceCase[] {
  if (!hasShared) return [];
  const listing = JSON.parse(readFileSync(join(SHARED, "cases.json"), "utf8")) as SharedListing;
  return listing.cases
    .filter((c) => c.compare !== "none")
    .map((c) => {
      const array = (name: string): TypedArray | undefined => {
        const path = join(SHARED, c.name, `${name}.npy`);
        return existsSync(path) ? readFixture(path).data : undefined;
      };
      const answer = (prefix: string): Answer | undefined => {
        const names = ["radial", "azimuthal", "intensity", "count", "sigma"];
        const found = names.map((name) => [name, array(prefix + name)] as const);
        const there = found.filter(([, data]) => data !== undefined);
        return there.length > 0 ? (Object.fromEntries(there) as Answer) : undefined;
      };
      const options: Record<string, unknown> = {};
      for (const [name, value] of Object.entries(c.kw)) {
        if (name === "chi_zero") continue;
        const isImage = ["mask", "dark", "flat", "variance"].includes(name);
        options[FROM_PYFAI[name] ?? name] = isImage
          ? fixtureImage(join(SHARED, "images", `${c.g}_${value}.npy`))
          : value;
      }
      return {
        name: c.name,
        dim: c.dim,
        split: c.split,
        npt: c.npt,
        nptAzim: c.azi,
        geometry: sharedGeometry(c.geometry),
        image: fixtureImage(join(SHARED, "images", `${c.g}_${c.img}.npy`)),
        options: options as IntegrateOptions,
        pyfai: c.compare === "pyfai" ? answer("") : undefined,
        pyfaiSigma: !["azimuthal", "hybrid"].includes(String(c.kw.error_model)),
        exact: answer("exact_"),
        truth: undefined,
        // The list does not say that on this one, too, the beam hits a pixel.
        beamRadius: c.g === "g_pil" ? 0.0676 : (c.beam_pixel_outer_radius ?? 0),
        unreliable: c.unreliable_bins_radial_azimuthal ?? [],
      };
    });
}

export function sharedGeometry({ det, wl, ...lengths }: SharedGeometry): GeometrySpec {
  const spec = det.name === "SmallCyl" ? { corners: bentPlate(det) } : (det.name ?? det);
  return { ...lengths, wavelength: wl, detector: spec as GeometrySpec["detector"] };
}

/** A plate bent around a vertical axis, 0.3 m in radius. */
function bentPlate(det: SharedGeometry["det"]): {
  data: Float64Array;
  shape: [number, number, 4, 3];
} {
  const [rows, columns] = [200, 420];
  const radius = det.radius ?? 0.3;
  const data = new Float64Array(rows * columns * 12);
  const steps = [0, 0, 1, 0, 1, 1, 0, 1];
  for (let row = 0, k = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      for (let corner = 0; corner < 4; corner++, k += 3) {
        const angle = ((column + steps[2 * corner + 1]!) * det.pixel2) / radius;
        data[k] = radius * (Math.cos(angle) - 1);
        data[k + 1] = (row + steps[2 * corner]!) * det.pixel1;
        data[k + 2] = radius * Math.sin(angle);
      }
    }
  }
  return { data, shape: [rows, columns, 4, 3] };
}
