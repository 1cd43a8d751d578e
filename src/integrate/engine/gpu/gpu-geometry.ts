import type { GridLayout } from "../../../detector/detector.js";
import { EngineError, OptionError } from "../../../errors.js";
import type { Geometry } from "../../../geometry/geometry.js";
import type { RadialFormula } from "../../../geometry/radial-formula.js";
import { rotationMatrix } from "../../../geometry/rotation.js";
import { type RadialUnit, radialFormula } from "../../../geometry/units.js";
import type { Setup } from "../../plan-data.js";
import { firstMode } from "./first-mode.js";
import { GPU_MODES, type Gpu, type GpuMode, type Kernel } from "./gpu-js.js";

/** Polar coordinates of one point of each pixel, row-major: a radial quantity, and χ in radians. */
export interface PolarArrays {
  readonly radial: Float32Array;
  readonly chi: Float32Array;
}

/** Polar coordinates of a detector's pixels, computed on the GPU for any position of the detector. */
export interface GpuGeometry {
  readonly mode: GpuMode;
  centers(geometry?: Geometry): Promise<PolarArrays>;
  /** One of the corners A, B, C, D of all pixels, as number 0 to 3. */
  corner(corner: number, geometry?: Geometry): Promise<PolarArrays>;
  close(): Promise<void>;
}

type Shape = readonly [rows: number, columns: number];

const QUANTITY: Readonly<Record<RadialFormula["quantity"], string>> = {
  r: "value = r;",
  "2th": "value = Math.atan2(r, z);",
  // sin θ of the half angle, without an arctangent and the digits that it costs GPUs.
  sin: `const d = Math.sqrt(r * r + z * z);
    value = z > 0 ? r / Math.sqrt(2 * d * (d + z)) : Math.sqrt((d - z) / (2 * d));`,
};

const TRANSFORM: Readonly<Record<RadialFormula["transform"], string>> = {
  none: "value",
  inverse: "1 / value",
  square: "value * value",
  log1p: "Math.log(1 + value)",
  asinh: "Math.log(value + Math.sqrt(value * value + 1))",
  log: "Math.log(value)",
  log10: `Math.log(value) * ${Math.LOG10E}`,
};

/**
 * Makes ready to compute polar coordinates of pixels in float32, again and again while a detector
 * moves.
 *
 * @throws OptionError for a detector that is not a flat grid, or a unit that needs a wavelength;
 * EngineError where no mode of gpu.js works.
 */
export async function gpuGeometry(
  { geometry, detector, wavelength }: Setup,
  shape: Shape,
  unit: RadialUnit,
  modes: readonly GpuMode[] = GPU_MODES,
): Promise<GpuGeometry> {
  const layout = detector.layout(shape);
  if (layout.kind !== "grid") {
    throw new OptionError(
      "detector",
      detector.name,
      `${detector.name} is no flat grid of pixels; compute its geometry with centerArray`,
    );
  }
  const formula = radialFormula(unit, wavelength);
  const found = await firstMode(modes, async (gpu) => {
    const polar = polarKernels(gpu, shape, formula);
    await polar(pointTerms(geometry, edgesOf(layout, shape)));
    return polar;
  });
  if (typeof found === "string") throw new EngineError("gpu", found);
  const { gpu, made: polar } = found;
  const at = (corner: number | undefined, position: Geometry): Promise<PolarArrays> =>
    polar(pointTerms(position, edgesOf(layout, shape, corner)));
  return {
    mode: gpu.mode,
    centers: (position = geometry) => at(undefined, position),
    corner: (corner, position = geometry) => at(corner, position),
    close: () => gpu.close(),
  };
}

/** Where one point of each pixel lies along the detector's axes: a corner, or the centre. */
function edgesOf(
  { rows, columns }: GridLayout,
  shape: Shape,
  corner?: number,
): { y: Float64Array; x: Float64Array } {
  const along = (edges: Float64Array, count: number, isFar: boolean): Float64Array => {
    const center = (i: number): number => (edges[2 * i]! + edges[2 * i + 1]!) / 2;
    const edge = (i: number): number => edges[2 * i + Number(isFar)]!;
    return Float64Array.from({ length: count }, (_, i) =>
      corner === undefined ? center(i) : edge(i),
    );
  };
  return {
    y: along(rows, shape[0], corner === 1 || corner === 2),
    x: along(columns, shape[1], corner === 2 || corner === 3),
  };
}

/** A part of the position (t1, t2, t3) for each row, and one for each column to add: `[3][n]`. */
interface PointTerms {
  readonly rows: Float32Array;
  readonly columns: Float32Array;
}

/**
 * The positions of a grid's points, counted from where the beam meets the detector: near it, where
 * float32 would lose the digits of what cancels, nothing is left to cancel.
 */
function pointTerms(
  geometry: Geometry,
  { y, x }: { y: Float64Array; x: Float64Array },
): PointTerms {
  const { dist, poni1, poni2 } = geometry;
  const m = rotationMatrix(geometry);
  const determinant = m[0] * m[4] - m[1] * m[3];
  // A detector along the beam does not meet it.
  const isMet = Math.abs(determinant) > 1e-6;
  const beam1 = isMet ? (dist * (m[1] * m[5] - m[2] * m[4])) / determinant : 0;
  const beam2 = isMet ? (dist * (m[2] * m[3] - m[0] * m[5])) / determinant : 0;
  const rows = new Float32Array(3 * y.length);
  const columns = new Float32Array(3 * x.length);
  for (let axis = 0; axis < 3; axis++) {
    const [m1, m2, m3] = [m[3 * axis]!, m[3 * axis + 1]!, m[3 * axis + 2]!];
    const origin = isMet && axis < 2 ? 0 : m1 * beam1 + m2 * beam2 + m3 * dist;
    y.forEach((value, row) => {
      rows[axis * y.length + row] = m1 * (value - poni1 - beam1) + origin;
    });
    x.forEach((value, column) => {
      columns[axis * x.length + column] = m2 * (value - poni2 - beam2);
    });
  }
  return { rows, columns };
}

function polarKernels(
  gpu: Gpu,
  [rows, columns]: Shape,
  { quantity, factor, transform }: RadialFormula,
): (terms: PointTerms) => Promise<PolarArrays> {
  const position = `
    const y = rows[0][this.thread.y] + columns[0][this.thread.x];
    const x = rows[1][this.thread.y] + columns[1][this.thread.x];`;
  const output = [columns, rows];
  const radial = gpu.kernel(
    `function (rows, columns, factor) {${position}
    const z = rows[2][this.thread.y] + columns[2][this.thread.x];
    const r = Math.sqrt(y * y + x * x);
    let value = 0;
    ${QUANTITY[quantity]}
    value = factor * value;
    return ${TRANSFORM[transform]};
  }`,
    output,
  );
  const chi = gpu.kernel(
    `function (rows, columns, factor) {${position}
    return factor * Math.atan2(y, x);
  }`,
    output,
  );
  return async (terms) => {
    const inputs = [
      gpu.input(terms.rows, [rows, 3]),
      gpu.input(terms.columns, [columns, 3]),
    ] as const;
    const run = async (kernel: Kernel, scale: number): Promise<Float32Array> => {
      const lines = (await kernel(...inputs, scale)) as Float32Array[];
      const flat = new Float32Array(rows * columns);
      for (const [row, line] of lines.entries()) flat.set(line, row * columns);
      return flat;
    };
    return { radial: await run(radial, factor), chi: await run(chi, 1) };
  };
}
