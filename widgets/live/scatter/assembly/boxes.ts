import { AZIMUTH_BINS, AZIMUTH_PER_RADIAN, MARGIN, RADIAL_BINS, SUMS } from "../parameters";
import { address, parameter, whole } from "./memory";

let sums: usize = 0;
let radialBins: i32 = 0;
let azimuthBins: i32 = 0;
/** A full turn, in azimuthal bins. */
let turn: f32 = 0;

export function startBoxes(): void {
  sums = address(SUMS);
  radialBins = whole(RADIAL_BINS);
  azimuthBins = whole(AZIMUTH_BINS);
  turn = <f32>(2 * Math.PI * parameter(AZIMUTH_PER_RADIAN));
}

/** Where the bins of a sector begin. */
// @ts-expect-error: decorator
@inline
export function sectorStart(sector: i32): usize {
  return sums + (<usize>(sector * (radialBins + 2 * MARGIN) + MARGIN) << 3);
}

/** Adds a value and its normalization to the bins of a sector that [low, high] covers. */
// @ts-expect-error: decorator
@inline
export function addStrip(sector: usize, value: f32, normalization: f32, low: f32, high: f32): void {
  const width = high - low;
  if (width < 3) {
    // Four bins always, some of which get nothing: a branch that the processor cannot foresee costs
    // more. The margins take what lies outside; what is NaN goes to the first of them.
    const first = max(-MARGIN, min(radialBins, <i32>Mathf.floor(low)));
    const from = f32x4.add(f32x4.splat(<f32>first), f32x4(0, 1, 2, 3));
    const to = f32x4.add(f32x4.splat(<f32>first), f32x4(1, 2, 3, 4));
    let part = f32x4.sub(
      f32x4.pmin(to, f32x4.splat(high)), f32x4.pmax(from, f32x4.splat(low)),
    );
    part = f32x4.pmax(f32x4.splat(0), part);
    const values = f32x4.mul(part, f32x4.splat(value / width));
    const weights = f32x4.mul(part, f32x4.splat(normalization / width));
    const at = sector + (<isize>first << 3);
    const front = v128.shuffle<f32>(values, weights, 0, 4, 1, 5);
    const back = v128.shuffle<f32>(values, weights, 2, 6, 3, 7);
    // Half vectors, because the next pixel's bins are mostly one bin on: a load waits for stores that
    // it only partly overlaps.
    v128.store64_lane(at, f32x4.add(v128.load64_zero(at), front), 0);
    v128.store64_lane(at + 8, f32x4.add(v128.load64_splat(at + 8), front), 1);
    v128.store64_lane(at + 16, f32x4.add(v128.load64_zero(at + 16), back), 0);
    v128.store64_lane(at + 24, f32x4.add(v128.load64_splat(at + 24), back), 1);
    return;
  }
  addWide(sector, value / width, normalization / width, low, high);
}

function addWide(sector: usize, value: f32, normalization: f32, low: f32, high: f32): void {
  // Neither can a NaN be placed.
  if (!(high > 0 && low < <f32>radialBins)) return;
  const pair = f32x4(value, normalization, value, normalization);
  const first = max(0, <i32>Mathf.floor(low));
  const last = min(radialBins - 1, <i32>Mathf.floor(high));
  addPart(sector, pair, first, low, high);
  if (last == first) return;
  let bin = first + 1;
  for (; bin + 1 < last; bin += 2) {
    const at = sector + (<usize>bin << 3);
    v128.store(at, f32x4.add(v128.load(at), pair));
  }
  for (; bin <= last; bin++) addPart(sector, pair, bin, low, high);
}

// @ts-expect-error: decorator
@inline
function addPart(sector: usize, pair: v128, bin: i32, low: f32, high: f32): void {
  const at = sector + (<usize>bin << 3);
  const part = min(high, <f32>(bin + 1)) - max(low, <f32>bin);
  v128.store64_lane(at, f32x4.add(v128.load64_zero(at), f32x4.mul(pair, f32x4.splat(part))), 0);
}

/** The same for every sector that [from, to] covers, in sectors from the first one's edge. */
export function addBox(
  value: f32, normalization: f32, low: f32, high: f32, from: f32, to: f32,
): void {
  const perWidth: f32 = 1 / (to - from);
  // From [0, turn) on, a box may reach over either end.
  for (let t = -1; t <= 1; t++) {
    const start = from + <f32>t * turn;
    const end = to + <f32>t * turn;
    if (!(end > 0 && start < <f32>azimuthBins)) continue;
    const last = min(azimuthBins - 1, <i32>Mathf.floor(end));
    for (let k = max(0, <i32>Mathf.floor(start)); k <= last; k++) {
      const part = (min(end, <f32>(k + 1)) - max(start, <f32>k)) * perWidth;
      if (part > 0) addStrip(sectorStart(k), part * value, part * normalization, low, high);
    }
  }
}
