import type { GridLayout } from "../../../detector/detector.js";
import { QUANTITIES, radialFunctionOf, TRANSFORMS } from "../../../geometry/radial-formula.js";
import { rotationMatrix } from "../../../geometry/rotation.js";
import { radialFormula } from "../../../geometry/units.js";
import { isDummy } from "../../dummy.js";
import { Pacer, type PacerOptions } from "../../pacer.js";
import { buildPlanData, type PlanLayout, type Setup } from "../../plan-data.js";
import { type Coverage, planAxes } from "../../ranges.js";
import type { Settings } from "../../settings.js";
import type { SplitAxes } from "../../split/splitter.js";
import { staticMask } from "../../static-mask.js";
import type { Prepared } from "../prepare-with.js";
import { Accumulators } from "./accumulators.js";
import { Arena } from "./arena.js";
import { FEW_PAIRS, wasmEngineOfData } from "./engine-of-data.js";
import * as at from "./parameters.js";
import { keepSmallBins } from "./small-bins.js";
import { placeTables, type Tables } from "./tables.js";
import { canShare, newTeam, share, type Team } from "./team.js";
import { wasmEngine } from "./wasm-engine.js";

const SPLITS = ["no", "bbox", "full"] as const;
/** Rows that all threads together do between two looks at the clock and the abort signal. */
const BLOCK_ROWS = 512;
/** A stream keeps the bin in 16 bits, one of which counts what belongs to none. */
const MOST_STREAM_BINS = 65534;

/**
 * Builds a plan in WebAssembly, all threads at work, and makes its engine ready.
 *
 * Detectors that are no plain grid are planned by the js engine's code and encoded from that.
 */
export async function prepareWasm(
  setup: Setup,
  shape: readonly [number, number],
  settings: Settings,
  options: PacerOptions,
): Promise<Prepared> {
  const layout = setup.detector.layout(shape);
  if (layout.kind !== "grid" || !isContiguous(layout)) {
    const data = await buildPlanData(setup, shape, settings, options);
    return {
      layout: data,
      engine: await wasmEngineOfData(data, settings, setup.detector, "pairs"),
    };
  }
  const arena = new Arena(canShare());
  const { mask, hasDetectorMask } = staticMask(setup.detector, shape, settings);
  const tables = placeTables(arena, shape, mask);
  placeGeometry(arena, setup, layout, shape, settings);
  const team = await newTeam(arena.memory);
  const pacer = new Pacer("planning the integration", options);
  const counter = arena.allocate(64);
  const together = (name: string, rows: number, ...numbers: number[]): Promise<void> =>
    inBlocks(arena, team, rows, name, counter, pacer, numbers);
  await team.run(() => ["startRows"]);
  await together("normalizeTogether", shape[0]);
  // What holds the corners now holds the images later.
  const scratch = placeCorners(arena, shape);
  await together("linesTogether", shape[0] + 1);
  const axes = await planAxes(settings, () => measure(arena, team, shape[0]));
  placeAxes(arena, axes);
  const choice = chooseEncoding(arena, team, settings, axes, shape, tables);
  arena.setParameter(at.ENCODING, choice.encoding);
  await together("divideTogether", shape[0]);
  const sums = new Accumulators(arena, team, binCount(axes));
  if (choice.encoding !== PAIRS) {
    const again = (kernel: string, list: number) => together(kernel, shape[0], list);
    await keepSmallBins(arena, team, sums, binCount(axes), choice.pairsOfPixel, shape, again);
  }
  pacer.finish(shape[0]);
  const maskedPixels = await countMasked(team, mask.length, tables.mask, scratch);
  const plan: PlanLayout = { shape, axes, hasDetectorMask, maskedPixels };
  const engine = await wasmEngine(arena, team, sums, scratch, plan, settings, setup.detector);
  return { layout: plan, engine };
}

function binCount({ radial, azimuth }: SplitAxes): number {
  return radial.bins * (azimuth?.bins ?? 1);
}

/** Whether every pixel touches its neighbours, so that they share corners. */
function isContiguous({ rows, columns }: GridLayout): boolean {
  return [rows, columns].every((edges) => {
    for (let i = 2; i < edges.length; i += 2) if (edges[i] !== edges[i - 1]) return false;
    return true;
  });
}

function placeGeometry(
  arena: Arena,
  { geometry, wavelength }: Setup,
  { rows, columns }: GridLayout,
  shape: readonly [number, number],
  settings: Settings,
): void {
  const { unit, flat, dummy, deltaDummy } = settings;
  arena.setParameter(at.DIST, geometry.dist);
  arena.setParameter(at.PONI1, geometry.poni1);
  arena.setParameter(at.PONI2, geometry.poni2);
  for (const [i, value] of rotationMatrix(geometry).entries()) {
    arena.setParameter(at.MATRIX + i, value);
  }
  const formula = radialFormula(unit, wavelength);
  arena.setParameter(at.QUANTITY, QUANTITIES.indexOf(formula.quantity));
  arena.setParameter(at.TRANSFORM, TRANSFORMS.indexOf(formula.transform));
  arena.setParameter(at.FACTOR, formula.factor);
  arena.setParameter(at.POSITIVE, unit.positive ? 1 : 0);
  const radialOf = radialFunctionOf(formula);
  arena.setParameter(at.BEAM_FORWARD, radialOf(0, 1));
  arena.setParameter(at.BEAM_BACKWARD, radialOf(0, -1));
  arena.setParameter(at.SPLIT, SPLITS.indexOf(settings.method.split));
  arena.setParameter(at.SOLID_ANGLE, settings.correctSolidAngle ? 1 : 0);
  arena.setParameter(at.POLARIZATION, settings.polarizationFactor ?? 2);
  arena.setParameter(at.NORMALIZATION_FACTOR, settings.normalizationFactor);
  arena.setParameter(at.ROW_EDGES, arena.place(rows));
  // One point to spare, because points are computed two at a time.
  const edges = Float64Array.from({ length: shape[1] + 3 }, (_, i) =>
    i < shape[1] ? columns[2 * i]! : columns[2 * shape[1] - 1]!,
  );
  const centers = Float64Array.from({ length: shape[1] + 1 }, (_, i) =>
    i < shape[1] ? (columns[2 * i]! + columns[2 * i + 1]!) / 2 : 0,
  );
  arena.setParameter(at.COLUMN_EDGES, arena.place(edges));
  arena.setParameter(at.COLUMN_CENTERS, arena.place(centers));
  if (flat !== undefined) {
    const isUnusable = isDummy({
      value: dummy ?? 0,
      delta: dummy === undefined ? 0 : (deltaDummy ?? 0),
    });
    const usable = Float64Array.from(flat.data, (value) => (isUnusable(value) ? 0 : value));
    arena.setParameter(at.FLAT, arena.place(usable));
  }
}

/** Room for the corners; its address. */
function placeCorners(arena: Arena, [rows, columns]: readonly [number, number]): number {
  const bytes = 8 * (rows + 1) * (columns + 2);
  const start = arena.allocate(2 * bytes);
  arena.setParameter(at.CORNER_RADIAL, start);
  arena.setParameter(at.CORNER_CHI, start + bytes);
  return start;
}

async function countMasked(
  team: Team,
  pixels: number,
  mask: number,
  scratch: number,
): Promise<number> {
  const counts = await team.run((thread, threads) => [
    "validPixels",
    ...share(pixels, thread, threads),
    mask,
    scratch,
  ]);
  return counts.reduce((sum, count) => sum + count, 0);
}

function placeAxes(arena: Arena, { radial, azimuth }: SplitAxes): void {
  arena.setParameter(at.RADIAL_LOW, radial.low);
  arena.setParameter(at.RADIAL_HIGH, radial.high);
  arena.setParameter(at.RADIAL_BINS, radial.bins);
  arena.setParameter(at.AZIMUTH_LOW, azimuth?.low ?? 0);
  arena.setParameter(at.AZIMUTH_HIGH, azimuth?.high ?? 0);
  arena.setParameter(at.AZIMUTH_BINS, azimuth?.bins ?? 0);
}

async function inBlocks(
  arena: Arena,
  team: Team,
  rows: number,
  name: string,
  counter: number,
  pacer: Pacer,
  numbers: readonly number[],
): Promise<void> {
  for (let first = 0; first < rows; first += BLOCK_ROWS) {
    arena.uint32(counter, 1)[0] = 0;
    const end = Math.min(first + BLOCK_ROWS, rows);
    await team.run(() => [name, first, end, counter, ...numbers]);
    if (pacer.isDue) await pacer.pause(end, rows);
  }
}

async function measure(arena: Arena, team: Team, rows: number): Promise<Coverage> {
  const found = arena.allocate(64 * team.threads);
  await team.run((thread, threads) => {
    const [from, to] = share(rows, thread, threads);
    return ["extendRows", from, to, found + 64 * thread];
  });
  const parts = Array.from({ length: team.threads }, (_, i) => arena.float64(found + 64 * i, 5));
  const lowest = (i: number): number => Math.min(...parts.map((part) => part[i]!));
  const highest = (i: number): number => Math.max(...parts.map((part) => part[i]!));
  return {
    radial: { low: lowest(0), high: highest(1) },
    azimuth: { low: lowest(2), high: highest(3) },
    straddles: highest(4) > 0,
  };
}

const SAMPLE_ROWS = 8;
const PAIRS = 0;
const STREAM = 1;
const RUNS = 2;

/**
 * Pairs where they are few. Otherwise, a stream where nearly all pixels lie in two neighbouring bins, runs where they cover more: their
 * weights are then small, and kept in units that are as small as what most of them need.
 */
function chooseEncoding(
  arena: Arena,
  team: Team,
  { method }: Settings,
  axes: SplitAxes,
  [rows, columns]: readonly [number, number],
  tables: Tables,
): { readonly encoding: number; readonly pairsOfPixel: number } {
  if (method.algorithm === "csr-exact") return { encoding: PAIRS, pairsOfPixel: 0 };
  const sample = Array.from({ length: SAMPLE_ROWS }, (_, i) =>
    Math.floor(((i + 0.5) * rows) / SAMPLE_ROWS),
  );
  const divideSample = (encoding: number): void => {
    arena.setParameter(at.ENCODING, encoding);
    team.runHere([["startCells"], ...sample.map((row) => ["divideRows", row, row + 1] as const)]);
  };
  const pairsOfSample = (): number => {
    // Only now: what was divided may have made memory grow, and a view of the smaller one is empty.
    const counts = arena.uint32(tables.rowPairCounts, rows);
    return sample.reduce((sum, row) => sum + counts[row]!, 0);
  };
  divideSample(PAIRS);
  const pairsOfPixel = pairsOfSample() / (sample.length * columns);
  if (method.algorithm === "csr" && pairsOfPixel * rows * columns <= FEW_PAIRS) {
    return { encoding: PAIRS, pairsOfPixel };
  }
  const largest = sample.flatMap((row) => largestWeights(arena, row, columns, tables));
  if (binCount(axes) <= MOST_STREAM_BINS) {
    divideSample(STREAM);
    if (pairsOfSample() < 0.15 * sample.length * columns) {
      return { encoding: STREAM, pairsOfPixel };
    }
  }
  largest.sort((a, b) => a - b);
  const large = Math.max(largest[Math.floor(0.98 * largest.length)] ?? 1, 2 ** -12);
  arena.setParameter(at.RUN_UNIT, Math.floor(at.LARGEST_WEIGHT / large));
  return { encoding: RUNS, pairsOfPixel };
}

/** The largest weight of each pixel in a row that is kept in pairs. */
function largestWeights(arena: Arena, row: number, columns: number, tables: Tables): number[] {
  const start = arena.uint32(tables.rowPairs, row + 1)[row]!;
  const count = arena.uint32(tables.rowPairCounts, row + 1)[row]!;
  const pixels = arena.uint32(start, (count * at.PAIR_BYTES) / 4);
  const weights = arena.float64(start, (count * at.PAIR_BYTES) / 8);
  const largest = new Float64Array(columns);
  for (let pair = 0; pair < count; pair++) {
    const column = pixels[6 * pair]! - row * columns;
    const weight = Math.max(weights[3 * pair + 1]!, weights[3 * pair + 2]!);
    largest[column] = Math.max(largest[column]!, weight);
  }
  return [...largest].filter((weight) => weight > 0);
}
