import type { GridLayout } from "../../../src/detector/detector.js";
import { QUANTITIES, TRANSFORMS } from "../../../src/geometry/radial-formula.js";
import { type DetectorPlane, detectorPlane } from "../detector-plane.js";
import type { FrameJob } from "../frame-job.js";
import { sectorLimits } from "./limits.js";
import * as at from "./parameters.js";
import { type Band, type OpenScatter, type Scatter, SPREAD } from "./scatter.js";
import { scatterKernel } from "./scatter-bytes.js";

const PAGE = 65536;
/** Pixels are computed four at a time, so arrays end with room for three more. */
const SPARE = 4;

/** A scatter for a flat grid of pixels that is not along the beam, compiled from AssemblyScript with SIMD. */
export async function wasmScatter(band: Band, layout: GridLayout): Promise<OpenScatter> {
  const { firstRow, rows, values, weights } = band;
  const columns = layout.columns.length / 2;
  const sense = layout.columns[1]! > layout.columns[0]! ? 1 : -1;
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { exports } = await WebAssembly.instantiate(await compiledKernel(), { env: { memory } });
  const run = exports.scatter as () => void;
  const room = new Room(memory, at.FIRST_FREE);
  const rowEdges = room.take(16 * rows);
  const [left, right] = [room.take(4 * (columns + SPARE)), room.take(4 * (columns + SPARE))];
  const placedValues = room.take(4 * (values.length + SPARE));
  const placedWeights = weights === undefined ? 0 : room.take(4 * (weights.length + SPARE));
  room.float64(rowEdges, 2 * rows).set(layout.rows.subarray(2 * firstRow, 2 * (firstRow + rows)));
  room.float32(placedValues, values.length).set(values);
  if (weights !== undefined) room.float32(placedWeights, weights.length).set(weights);
  const fixed = room.float64(at.PARAMETERS, at.PARAMETER_COUNT);
  fixed[at.ROWS] = rows;
  fixed[at.COLUMNS] = columns;
  fixed[at.ROW_EDGES] = rowEdges;
  fixed[at.LEFT_EDGES] = left;
  fixed[at.RIGHT_EDGES] = right;
  fixed[at.PITCH] = evenPitch(layout.columns);
  fixed[at.VALUES] = placedValues;
  fixed[at.WEIGHTS] = placedWeights;
  const forJobs = room.mark();
  const scatter: Scatter = (job) => {
    const plane = detectorPlane(job.geometry);
    const { below, above } = sectorLimits(plane, job.azimuth, sense);
    const { bins } = job.radial;
    room.freeFrom(forJobs);
    const table = [below, above].map(({ slopes, sectors }) =>
      room.place(sectors.flatMap((sector, i) => [slopes[i] ?? 0, sector])),
    );
    const length = 2 * (bins + 2 * at.MARGIN) * job.azimuth.bins;
    const sums = room.take(4 * length);
    const parameters = room.float64(at.PARAMETERS, at.PARAMETER_COUNT);
    setJob(parameters, job, plane, sense);
    parameters[at.LIMITS_BELOW] = table[0]!;
    parameters[at.LIMITS_ABOVE] = table[1]!;
    parameters[at.COUNT_BELOW] = below.slopes.length;
    parameters[at.COUNT_ABOVE] = above.slopes.length;
    parameters[at.SUMS] = sums;
    const [lefts, rights] = [room.float32(left, columns), room.float32(right, columns)];
    for (let column = 0; column < columns; column++) {
      lefts[column] = sense * (layout.columns[2 * column]! - plane.origin[1]);
      rights[column] = sense * (layout.columns[2 * column + 1]! - plane.origin[1]);
    }
    const found = room.float32(sums, length).fill(0);
    run();
    return withoutMargins(found, bins, job.azimuth.bins);
  };
  const setValues = (next: Float32Array): void => {
    room.float32(placedValues, next.length).set(next);
  };
  return { mode: "webasm", scatter, setValues };
}

function setJob(
  table: Float64Array,
  { geometry, formula, radial, azimuth, ...job }: FrameJob,
  { matrix, origin, position }: DetectorPlane,
  sense: number,
): void {
  table[at.BEAM] = origin[0];
  table[at.T3] = position[2];
  table.set([matrix[0], matrix[3], matrix[6]], at.SLOW1);
  table.set([sense * matrix[1], sense * matrix[4], sense * matrix[7]], at.FAST1);
  table[at.DIST] = geometry.dist;
  table[at.QUANTITY] = QUANTITIES.indexOf(formula.quantity);
  table[at.TRANSFORM] = TRANSFORMS.indexOf(formula.transform);
  table[at.FACTOR] = formula.factor;
  table[at.RADIAL_LOW] = radial.low;
  table[at.RADIAL_PER_UNIT] = radial.bins / (radial.high - radial.low);
  table[at.RADIAL_BINS] = radial.bins;
  table[at.AZIMUTH_LOW] = azimuth.low;
  table[at.AZIMUTH_PER_RADIAN] = azimuth.bins / (azimuth.high - azimuth.low);
  table[at.AZIMUTH_BINS] = azimuth.bins;
  table[at.SPREAD] = SPREAD[job.split];
  table[at.SOLID_ANGLE] = job.correctSolidAngle ? 1 : 0;
  table[at.POLARIZATION] = job.polarizationFactor ?? 2;
}

/** The width of columns that are alike and side by side; 0 where they are not. */
function evenPitch(edges: Float64Array): number {
  const [first, pitch] = [edges[0]!, edges[1]! - edges[0]!];
  for (let i = 0; i < edges.length; i++) {
    if (Math.abs(edges[i]! - first - ((i + 1) >> 1) * pitch) > 1e-4 * Math.abs(pitch)) return 0;
  }
  return Math.abs(pitch);
}

/** Moves the sectors together; what their margins caught lies outside the radial range. */
function withoutMargins(sums: Float32Array, bins: number, sectors: number): Float32Array {
  for (let sector = 0; sector < sectors; sector++) {
    const from = 2 * (sector * (bins + 2 * at.MARGIN) + at.MARGIN);
    sums.copyWithin(2 * sector * bins, from, from + 2 * bins);
  }
  return sums.subarray(0, 2 * bins * sectors);
}

/** The kernel's memory, taken from start to end. */
class Room {
  readonly #memory: WebAssembly.Memory;
  #used: number;

  constructor(memory: WebAssembly.Memory, start: number) {
    this.#memory = memory;
    this.#used = start;
  }

  mark(): number {
    return this.#used;
  }

  freeFrom(mark: number): void {
    this.#used = mark;
  }

  take(bytes: number): number {
    const start = this.#used;
    this.#used += Math.ceil(bytes / 16) * 16;
    const missing = Math.ceil((this.#used - this.#memory.buffer.byteLength) / PAGE);
    if (missing > 0) this.#memory.grow(missing);
    return start;
  }

  place(values: readonly number[]): number {
    const start = this.take(8 * values.length);
    this.float64(start, values.length).set(values);
    return start;
  }

  /** Views hold until more is taken. */
  float64(start: number, length: number): Float64Array {
    return new Float64Array(this.#memory.buffer, start, length);
  }

  float32(start: number, length: number): Float32Array {
    return new Float32Array(this.#memory.buffer, start, length);
  }
}

let kernel: Promise<WebAssembly.Module> | undefined;

function compiledKernel(): Promise<WebAssembly.Module> {
  kernel ??= WebAssembly.compile(
    Uint8Array.from(atob(scatterKernel), (char) => char.charCodeAt(0)),
  );
  return kernel;
}
