import type { Detector } from "../../src/detector/detector.js";
import { EngineError } from "../../src/errors.js";
import { rotationMatrix } from "../../src/geometry/rotation.js";
import { firstMode } from "../../src/integrate/engine/gpu/first-mode.js";
import type { Gpu, Kernel } from "../../src/integrate/engine/gpu/gpu-js.js";
import type { FrameJob } from "./frame-job.js";
import { gatherSource, P } from "./gather-source.js";
import type { LiveImage } from "./live-image.js";
import { radialInverse } from "./radial-inverse.js";
import type { Summing } from "./summing.js";

/** Marks pixels and bins that do not count: GPUs may do anything with NaN. */
const NOTHING = -3e38;
/** Radial values are tabled at least so finely, and so finely within each bin. */
const LEAST_STEPS = 2048;
/** Samples for each pixel of a bin's area, and for a bin: gpu.js ends loops after 1000 turns. */
const [PER_PIXEL, FEWEST, MOST] = [10, 64, 960];

/** Whether a GPU can gather bins from this detector's pixels, which takes a uniform flat grid. */
export function canGather(detector: Detector, shape: readonly [number, number]): boolean {
  const layout = detector.layout(shape);
  return (
    layout.kind === "grid" && detector.flat && isUniform(layout.rows) && isUniform(layout.columns)
  );
}

/**
 * Gathers each bin from the image on the user's GPU: samples spread evenly over the bin in (radial, χ)
 * are carried back to the pixels that they come from. Samples as many as make up full splitting.
 *
 * @throws EngineError where none of the modes works here.
 */
export async function gpuGather(
  image: LiveImage,
  detector: Detector,
  modes: readonly ("webgpu" | "webgl2")[],
): Promise<Summing> {
  const [rows, columns] = image.shape;
  const layout = detector.layout(image.shape);
  if (layout.kind !== "grid") throw new EngineError("gpu", `${detector.name} is no grid of pixels`);
  const found = await firstMode(modes, async (gpu) => {
    const gather = new Gather(gpu, image);
    await gather.intensities(probe(detector), layout, [rows, columns]);
    return gather;
  });
  if (typeof found === "string") throw new EngineError("gpu", found);
  const { gpu, made: gather } = found;
  return {
    mode: gpu.mode as "webgpu" | "webgl2",
    intensities: async (job) => {
      const intensities = await gather.intensities(job, layout, [rows, columns]);
      if (gpu.isLost()) throw new EngineError("gpu", "the device was lost");
      return intensities;
    },
    close: () => {
      gpu.close().catch(() => undefined);
    },
  };
}

/** Any job, to find out whether kernels run. */
function probe({ pixel1, pixel2 }: Detector): FrameJob {
  const geometry = { dist: 100 * pixel1, poni1: pixel1, poni2: pixel2, rot1: 0, rot2: 0, rot3: 0 };
  return {
    geometry,
    formula: { quantity: "2th", factor: 1, transform: "none" },
    radial: { low: 0, high: 1, bins: 10 },
    azimuth: { low: -Math.PI, high: Math.PI, bins: 1 },
    split: "full",
    correctSolidAngle: true,
    polarizationFactor: undefined,
  };
}

interface Edges {
  readonly rows: Float64Array;
  readonly columns: Float64Array;
}

class Gather {
  readonly #gpu: Gpu;
  readonly #constants: Record<string, object>;
  readonly #hasWeights: boolean;
  #kernel: Kernel | undefined;
  /** Bins that the kernel has threads for; steps that it has table entries for. */
  #room: readonly [bins: number, steps: number] = [0, 0];

  constructor(gpu: Gpu, { shape, values, weights }: LiveImage) {
    const size = [shape[1], shape[0]];
    const marked = values.map((value) => (Number.isNaN(value) ? NOTHING : value));
    this.#gpu = gpu;
    this.#hasWeights = weights !== undefined;
    this.#constants = {
      image: gpu.input(marked, size),
      ...(weights === undefined ? {} : { weights: gpu.input(weights, size) }),
    };
  }

  async intensities(
    job: FrameJob,
    edges: Edges,
    [rows, columns]: readonly [number, number],
  ): Promise<Float32Array> {
    const bins = job.radial.bins * job.azimuth.bins;
    const perBin = Math.ceil(LEAST_STEPS / job.radial.bins);
    const steps = job.radial.bins * perBin + 1;
    const kernel = this.#kernelFor(bins, steps);
    const table = new Float32Array(2 * this.#room[1]);
    const numbers = parameters(job, edges, [rows, columns]);
    numbers[P.PER_BIN] = perBin;
    radialTable(job, perBin, edges, table);
    const found = (await kernel(
      this.#gpu.input(numbers, [numbers.length]),
      this.#gpu.input(table, [2, this.#room[1]]),
    )) as Float32Array;
    const intensities = new Float32Array(bins);
    for (let bin = 0; bin < bins; bin++) {
      const value = found[bin]!;
      intensities[bin] = value < NOTHING / 2 ? Number.NaN : value;
    }
    return intensities;
  }

  /** Room is doubled as needed, because each new size is compiled anew. */
  #kernelFor(bins: number, steps: number): Kernel {
    const [hasBins, hasSteps] = this.#room;
    if (this.#kernel === undefined || bins > hasBins || steps > hasSteps) {
      const power = (count: number): number => 2 ** Math.ceil(Math.log2(count));
      this.#room = [Math.max(hasBins, power(bins)), Math.max(hasSteps, power(steps))];
      const source = gatherSource(this.#hasWeights, NOTHING);
      this.#kernel = this.#gpu.kernel(source, [this.#room[0]], this.#constants);
    }
    return this.#kernel;
  }
}

function parameters(job: FrameJob, edges: Edges, [rows, columns]: readonly [number, number]) {
  const { geometry, azimuth, radial } = job;
  const [pitch1, pitch2] = [pitchOf(edges.rows), pitchOf(edges.columns)];
  const numbers = new Float32Array(P.COUNT);
  numbers.set(rotationMatrix(geometry), P.MATRIX);
  numbers[P.DIST] = geometry.dist;
  numbers[P.ROW] = (geometry.poni1 - edges.rows[0]!) / pitch1;
  numbers[P.COLUMN] = (geometry.poni2 - edges.columns[0]!) / pitch2;
  numbers[P.PER_ROW] = 1 / pitch1;
  numbers[P.PER_COLUMN] = 1 / pitch2;
  numbers[P.ROWS] = rows;
  numbers[P.COLUMNS] = columns;
  numbers[P.RADIAL_BINS] = radial.bins;
  numbers[P.AZIMUTH_BINS] = azimuth.bins;
  numbers[P.AZIMUTH_LOW] = azimuth.low;
  numbers[P.AZIMUTH_WIDTH] = (azimuth.high - azimuth.low) / azimuth.bins;
  numbers[P.IS_RADIUS] = job.formula.quantity === "r" ? 1 : 0;
  numbers[P.SOLID_ANGLE] = job.correctSolidAngle ? 1 : 0;
  numbers[P.POLARIZATION] = job.polarizationFactor ?? 2;
  return numbers;
}

/** 2θ (or r) at even steps of the radial value, and with each how many samples its bin takes. */
function radialTable(job: FrameJob, perBin: number, edges: Edges, table: Float32Array): void {
  const { radial, azimuth, geometry, formula } = job;
  const count = radial.bins * perBin;
  const pitch = Math.min(Math.abs(pitchOf(edges.rows)), Math.abs(pitchOf(edges.columns)));
  const sector = (azimuth.high - azimuth.low) / azimuth.bins;
  const radiusOf = (value: number): number =>
    formula.quantity === "r" ? value : geometry.dist * Math.tan(Math.min(value, 1.5));
  for (let i = 0; i <= count; i++) {
    table[2 * i] = radialInverse(formula, radial.low + ((radial.high - radial.low) * i) / count);
  }
  for (let i = 0; i < count; i++) {
    const [low, high] = [radiusOf(table[2 * i]!), radiusOf(table[2 * i + 2]!)];
    const area = Math.abs(((high - low) * perBin * (high + low)) / 2) * (sector / pitch ** 2);
    const samples = Math.min(MOST, Math.max(FEWEST, Math.ceil(PER_PIXEL * area)));
    table[2 * i + 1] = Number.isFinite(samples) ? samples : FEWEST;
  }
}

function pitchOf(edges: Float64Array): number {
  return (edges[edges.length - 1]! - edges[0]!) / (edges.length / 2);
}

function isUniform(edges: Float64Array): boolean {
  const pitch = pitchOf(edges);
  for (let i = 0; i < edges.length; i++) {
    const even = edges[0]! + Math.ceil(i / 2) * pitch;
    if (Math.abs(edges[i]! - even) > 1e-3 * Math.abs(pitch)) return false;
  }
  return true;
}
