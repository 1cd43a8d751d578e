// The kernel's door: what JavaScript calls.
import {
  AZIMUTH_LOW, AZIMUTH_PER_RADIAN, BEAM, COLUMNS, COUNT_ABOVE, COUNT_BELOW, FAST1, FAST2, LEFT_EDGES,
  LIMITS_ABOVE, LIMITS_BELOW, PITCH, RIGHT_EDGES, ROW_EDGES, ROWS, SLOW1, SLOW2, SPREAD, VALUES, WEIGHTS,
} from "../parameters";
import { atan2x4 } from "./atan";
import { addBox, addStrip, sectorStart, startBoxes } from "./boxes";
import { address, parameter, splat, startParameters, whole } from "./memory";
import { interpolate, LONG, longHighs, longLows, longNormalizations, startInterpolation } from "./interpolation";
import { beginRow, computePixels, highs, lows, normalizations, startPixels } from "./pixels";

const azimuths: usize = memory.data(16, 16);

let columns: i32 = 0;
let lefts: usize = 0;
let rights: usize = 0;
let perColumn: f32 = 0;
let pitch: f32 = 0;
let values: usize = 0;
let weights: usize = 0;
/** The edges of the row at work, from the beam. */
let near: f64 = 0;
let far: f64 = 0;

/** Adds every pixel of the band to the bins that it covers. */
export function scatter(): void {
  const rows = whole(ROWS);
  const edges = address(ROW_EDGES);
  columns = whole(COLUMNS);
  lefts = address(LEFT_EDGES);
  rights = address(RIGHT_EDGES);
  perColumn = <f32>columns / (rightOf(columns - 1) - leftOf(0));
  startParameters();
  startPixels();
  startBoxes();
  startInterpolation();
  pitch = <f32>parameter(PITCH);
  for (let row = 0; row < rows; row++) {
    near = load<f64>(edges + (<usize>row << 4)) - parameter(BEAM);
    far = load<f64>(edges + (<usize>row << 4), 8) - parameter(BEAM);
    const start = (<usize>row * columns) << 2;
    values = address(VALUES) + start;
    weights = address(WEIGHTS) == 0 ? 0 : address(WEIGHTS) + start;
    beginRow((near + far) / 2, far - near);
    if (near < 0 && far < 0) addRow(address(LIMITS_BELOW), whole(COUNT_BELOW));
    else if (near > 0 && far > 0) addRow(address(LIMITS_ABOVE), whole(COUNT_ABOVE));
    else addMixed(0, columns);
  }
}

// @ts-expect-error: decorator
@inline
function leftOf(column: i32): f32 {
  return load<f32>(lefts + (<usize>column << 2));
}

// @ts-expect-error: decorator
@inline
function rightOf(column: i32): f32 {
  return load<f32>(rights + (<usize>column << 2));
}

/**
 * Adds a row that the beam is not in. Limits between sectors are straight lines through the beam: each
 * pixel that none of them crosses belongs to one sector, and needs no azimuth of its own.
 */
function addRow(limits: usize, count: i32): void {
  let column = 0;
  for (let i = 0; i < count && column < columns; i++) {
    const at = limits + (<usize>i << 4);
    const slope = load<f64>(at);
    const a = <f32>(slope * near);
    const b = <f32>(slope * far);
    const pureEnd = firstReaching(min(a, b), column);
    addSpan(column, pureEnd, <i32>load<f64>(at, 8));
    column = firstBehind(max(a, b), pureEnd);
    addMixed(pureEnd, column);
  }
  addSpan(column, columns, <i32>load<f64>(limits + (<usize>count << 4), 8));
}

/** The first column from `from` on whose right edge lies behind `x`. */
function firstReaching(x: f32, from: i32): i32 {
  let column = max(from, min(columns, guess(x)));
  while (column > from && rightOf(column - 1) > x) column--;
  while (column < columns && rightOf(column) <= x) column++;
  return column;
}

/** The first column from `from` on whose left edge does not lie before `x`. */
function firstBehind(x: f32, from: i32): i32 {
  let column = max(from, min(columns, guess(x)));
  while (column > from && leftOf(column - 1) >= x) column--;
  while (column < columns && leftOf(column) < x) column++;
  return column;
}

function guess(x: f32): i32 {
  return <i32>((x - leftOf(0)) * perColumn);
}

/** Adds pixels that lie in one sector, −1 for none. */
function addSpan(from: i32, to: i32, sector: i32): void {
  if (sector < 0) return;
  const start = sectorStart(sector);
  let column = from;
  if (pitch > 0) {
    for (; column + LONG <= to; column += LONG) {
      if (isFar(column)) addLong(start, column);
      else for (let i = 0; i < LONG; i += 4) addFour(start, column + i, 4);
    }
  }
  for (; column < to; column += 4) addFour(start, column, min(4, to - column));
}

/** Whether sixteen pixels are so far from the beam that cubics follow what is computed of them. */
function isFar(column: i32): bool {
  const reach: f32 = <f32>24 * pitch;
  return Mathf.abs(<f32>near) > reach || leftOf(column) > reach || rightOf(column + LONG - 1) < -reach;
}

/** Adds sixteen pixels: four are computed, and the others found between them. */
function addLong(start: usize, column: i32): void {
  const at = <usize>column << 2;
  computePixels(
    f32x4(leftOf(column), leftOf(column + 5), leftOf(column + 10), leftOf(column + 15)),
    f32x4(rightOf(column), rightOf(column + 5), rightOf(column + 10), rightOf(column + 15)),
  );
  interpolate(lows, longLows);
  interpolate(highs, longHighs);
  interpolate(normalizations, longNormalizations);
  for (let lane = 0; lane < LONG; lane++) {
    const by = <usize>lane << 2;
    const value = load<f32>(values + at + by);
    if (value != value) continue;
    let normalization = load<f32>(longNormalizations + by);
    if (weights != 0) normalization *= load<f32>(weights + at + by);
    addStrip(start, value, normalization, load<f32>(longLows + by), load<f32>(longHighs + by));
  }
}

function addFour(start: usize, column: i32, count: i32): void {
  const at = <usize>column << 2;
  const pixels = v128.load(values + at);
  const valid = i32x4.bitmask(f32x4.eq(pixels, pixels));
  if (valid == 0) return;
  compute(at);
  for (let lane = 0; lane < count; lane++) {
    if (((valid >> lane) & 1) == 0) continue;
    const by = <usize>lane << 2;
    addStrip(
      start, load<f32>(values + at + by), load<f32>(normalizations + by),
      load<f32>(lows + by), load<f32>(highs + by),
    );
  }
}

// @ts-expect-error: decorator
@inline
function compute(at: usize): void {
  computePixels(v128.load(lefts + at), v128.load(rights + at));
  if (weights == 0) return;
  v128.store(
    normalizations, f32x4.mul(v128.load(normalizations), v128.load(weights + at)),
  );
}

/** Adds pixels that lie in any number of sectors. */
function addMixed(from: i32, to: i32): void {
  for (let column = from; column < to; column++) {
    const at = <usize>column << 2;
    const value = load<f32>(values + at);
    if (value != value) continue;
    compute(at);
    addAcross(
      value, load<f32>(normalizations), load<f32>(lows), load<f32>(highs), leftOf(column),
      rightOf(column),
    );
  }
}

function addAcross(
  value: f32, normalization: f32, low: f32, high: f32, left: f32, right: f32,
): void {
  // Corners A, B, C, D.
  const y = f32x4(<f32>near, <f32>far, <f32>far, <f32>near);
  const x = f32x4(left, left, right, right);
  const t1 = f32x4.add(times(SLOW1, y), times(FAST1, x));
  const t2 = f32x4.add(times(SLOW2, y), times(FAST2, x));
  const perRadian = <f32>parameter(AZIMUTH_PER_RADIAN);
  const turn = <f32>(2 * Math.PI);
  v128.store(azimuths, atan2x4(t1, t2));
  const a = load<f32>(azimuths);
  const b = shortWay(load<f32>(azimuths, 4) - a);
  const c = shortWay(load<f32>(azimuths, 8) - a);
  const d = shortWay(load<f32>(azimuths, 12) - a);
  const slow = (b + c - d) / 2;
  const fast = (c + d - b) / 2;
  const half: f32 = max(Mathf.sqrt(slow * slow + fast * fast) * <f32>parameter(SPREAD), <f32>1e-6);
  const middle = a + (b + c + d) / 4 - <f32>parameter(AZIMUTH_LOW);
  const center = middle - turn * Mathf.floor(middle / turn);
  addBox(
    value, normalization, low, high, (center - half) * perRadian, (center + half) * perRadian,
  );
}

// @ts-expect-error: decorator
@inline
function times(index: i32, v: v128): v128 {
  return f32x4.mul(splat(index), v);
}

function shortWay(difference: f32): f32 {
  const turn = <f32>(2 * Math.PI);
  return difference - turn * nearest<f32>(difference / turn);
}
