import {
  AZIMUTH_BINS,
  AZIMUTH_HIGH,
  AZIMUTH_LOW,
  RADIAL_BINS,
  RADIAL_HIGH,
  RADIAL_LOW,
} from "../parameters";
import { max4, min4 } from "./extremes";
import { allocate, parameter, whole } from "./memory";
import { MOST_VERTICES, vertexChi, vertexRadial, vertices } from "./outline";
import { add, emitRun, endWholePixel } from "./output";

// Areas of a polygon in the cells of a grid, as split/cells.ts computes them: see there.

const TURN = 2 * Math.PI;
const NOTHING = 1e-13;

let low: f64 = 0;
let perBin: f64 = 1;
let bins = 1;
let azimuthLow: f64 = 0;
let perAzimuthBin: f64 = 1;
let azimuthBins = 0;
let u: usize = 0;
let v: usize = 0;
/** Areas of the cells at work, one for each radial bin. */
export let area: usize = 0;

export function startCells(): void {
  low = parameter(RADIAL_LOW);
  bins = whole(RADIAL_BINS);
  perBin = <f64>bins / (parameter(RADIAL_HIGH) - low);
  azimuthBins = whole(AZIMUTH_BINS);
  azimuthLow = azimuthBins > 0 ? parameter(AZIMUTH_LOW) : 0;
  perAzimuthBin =
    azimuthBins > 0 ? <f64>azimuthBins / (parameter(AZIMUTH_HIGH) - azimuthLow) : 1;
  if (area != 0) return;
  u = allocate(MOST_VERTICES << 3);
  v = allocate(MOST_VERTICES << 3);
  area = allocate(<usize>bins << 3);
}

/**
 * Divides a pixel that lies in one or two radial bins and one azimuthal bin, as most do, without the
 * detours of the general case; false where it does not.
 */
export function divideSmall(
  nearR: v128, nearC: v128, farR: v128, farC: v128, chiLow: f64, chiHigh: f64,
): bool {
  const near = f64x2.mul(f64x2.sub(nearR, f64x2.splat(low)), f64x2.splat(perBin));
  const far = f64x2.mul(f64x2.sub(farR, f64x2.splat(low)), f64x2.splat(perBin));
  const uLow = min4(near, far);
  const uHigh = max4(near, far);
  const first = Math.floor(uLow);
  if (!(uLow >= 0 && uHigh < <f64>bins && uHigh <= first + 2)) return false;
  let offset = 0;
  if (azimuthBins > 0) {
    const vLow = (chiLow - azimuthLow) * perAzimuthBin;
    const vHigh = (chiHigh - azimuthLow) * perAzimuthBin;
    const row = Math.floor(vLow);
    if (!(vLow >= 0 && vHigh < <f64>azimuthBins && vHigh <= row + 1)) return false;
    offset = <i32>row * bins;
  }
  const bin = offset + <i32>first;
  const limit = first + 1;
  if (uHigh <= limit) {
    endWholePixel(bin, 0);
    return true;
  }
  const u0 = f64x2.extract_lane(near, 0);
  const u1 = f64x2.extract_lane(far, 0);
  const u2 = f64x2.extract_lane(far, 1);
  const u3 = f64x2.extract_lane(near, 1);
  const c0 = f64x2.extract_lane(nearC, 0);
  const v1 = f64x2.extract_lane(farC, 0) - c0;
  const v2 = f64x2.extract_lane(farC, 1) - c0;
  const v3 = f64x2.extract_lane(nearC, 1) - c0;
  const below =
    areaBelow(limit, u0, 0, u1, v1) + areaBelow(limit, u1, v1, u2, v2) +
    areaBelow(limit, u2, v2, u3, v3) + areaBelow(limit, u3, v3, u0, 0);
  const total = 0.5 * ((u2 - u0) * (v1 - v3) - (u1 - u3) * v2);
  endWholePixel(bin, min(1, max(0, 1 - below / total)));
  return true;
}

/** ∫ v du along an edge, of the part with u below a limit. */
// @ts-ignore: decorator
@inline
function areaBelow(limit: f64, ua: f64, va: f64, ub: f64, vb: f64): f64 {
  if (ua <= limit && ub <= limit) return 0.5 * (ub - ua) * (va + vb);
  if (ua >= limit && ub >= limit) return 0;
  const v = va + ((limit - ua) / (ub - ua)) * (vb - va);
  return ua < limit ? 0.5 * (limit - ua) * (va + v) : 0.5 * (ub - limit) * (v + vb);
}

/** Gives the outline's fraction in each bin to the current pixel. */
export function divideOutline(): void {
  let uLow = Infinity;
  let uHigh = -Infinity;
  let vLow = Infinity;
  let vHigh = -Infinity;
  for (let k: usize = 0; k < <usize>vertices << 3; k += 8) {
    const x = (load<f64>(vertexRadial + k) - low) * perBin;
    const y = (load<f64>(vertexChi + k) - azimuthLow) * perAzimuthBin;
    store<f64>(u + k, x);
    store<f64>(v + k, y);
    uLow = min(uLow, x);
    uHigh = max(uHigh, x);
    vLow = min(vLow, y);
    vHigh = max(vHigh, y);
  }
  if (!(uHigh > 0 && uLow < <f64>bins)) return;
  const first = <i32>max(0, Math.floor(uLow));
  const last = <i32>min(<f64>(bins - 1), Math.ceil(uHigh) - 1);
  if (last < first) return;
  const total = signedArea(vLow);
  if (azimuthBins == 0) {
    clearArea(last - first + 1);
    addEdges(first, last, vLow);
    emit(total, first, last, 0);
    return;
  }
  const turn = TURN * perAzimuthBin;
  const lastTurn = <i32>Math.floor((<f64>azimuthBins - vLow) / turn);
  for (let k = <i32>Math.ceil(-vHigh / turn); k <= lastTurn; k++) {
    const shift = <f64>k * turn;
    const firstRow = <i32>max(0, Math.floor(vLow + shift));
    const lastRow = <i32>min(<f64>(azimuthBins - 1), Math.ceil(vHigh + shift) - 1);
    for (let row = firstRow; row <= lastRow; row++) {
      clearArea(last - first + 1);
      if (vLow + shift >= <f64>row && vHigh + shift <= <f64>(row + 1)) addEdges(first, last, vLow);
      else addClampedEdges(first, last, <f64>row - shift);
      emit(total, first, last, row * bins);
    }
  }
}

/** memory.fill would call out of WebAssembly, which takes longer than these few numbers. */
// @ts-expect-error: decorator
@inline
function clearArea(cells: i32): void {
  for (let i = 0; i < cells; i++) store<f64>(area + (<usize>i << 3), 0);
}

function addEdges(first: i32, last: i32, origin: f64): void {
  const end = <usize>(vertices - 1) << 3;
  let ua = load<f64>(u + end);
  let va = load<f64>(v + end) - origin;
  for (let k: usize = 0; k <= end; k += 8) {
    const ub = load<f64>(u + k);
    const vb = load<f64>(v + k) - origin;
    addEdge(first, last, ua, va, ub, vb);
    ua = ub;
    va = vb;
  }
}

// @ts-ignore: decorator
@inline
function addEdge(first: i32, last: i32, ua: f64, va: f64, ub: f64, vb: f64): void {
  const from = <i32>Math.floor(ua);
  const to = <i32>Math.floor(ub);
  if (from == to) {
    // Within one cell there is nothing to cut.
    if (from < first || from > last) return;
    const place = area + (<usize>(from - first) << 3);
    store<f64>(place, load<f64>(place) + (ub - ua) * 0.5 * (va + vb));
    return;
  }
  const u0 = min(ua, ub);
  const u1 = max(ua, ub);
  const sign: f64 = ua < ub ? 1 : -1;
  const slope = (vb - va) / (ub - ua);
  const stop = min(last, max(from, to));
  for (let cell = max(first, min(from, to)); cell <= stop; cell++) {
    const left = max(u0, <f64>cell);
    const right = min(u1, <f64>(cell + 1));
    const place = area + (<usize>(cell - first) << 3);
    const mean = va + slope * (0.5 * (left + right) - ua);
    store<f64>(place, load<f64>(place) + sign * (right - left) * mean);
  }
}

function addClampedEdges(first: i32, last: i32, floor: f64): void {
  let from = <usize>(vertices - 1) << 3;
  for (let k: usize = 0; k < <usize>vertices << 3; from = k, k += 8) {
    const forward = load<f64>(u + from) <= load<f64>(u + k);
    const a = forward ? from : k;
    const b = forward ? k : from;
    const u0 = load<f64>(u + a);
    const u1 = load<f64>(u + b);
    const v0 = load<f64>(v + a) - floor;
    const v1 = load<f64>(v + b) - floor;
    if (u0 == u1 || (v0 <= 0 && v1 <= 0)) continue;
    const sign: f64 = forward ? 1 : -1;
    const slope = (v1 - v0) / (u1 - u0);
    const start = <i32>max(<f64>first, Math.floor(u0));
    const end = <i32>min(<f64>last, Math.ceil(u1) - 1);
    for (let cell = start; cell <= end; cell++) {
      const left = max(u0, <f64>cell);
      const right = min(u1, <f64>(cell + 1));
      const mean = clampedMean(v0 + slope * (left - u0), v0 + slope * (right - u0));
      const place = area + (<usize>(cell - first) << 3);
      store<f64>(place, load<f64>(place) + sign * (right - left) * mean);
    }
  }
}

/** Gives the areas of bins, as fractions of a total, to the current pixel. */
export function emit(total: f64, first: i32, last: i32, offset: i32): void {
  if (emitRun(area, 1 / total, first, last, offset)) return;
  for (let cell = first; cell <= last; cell++) {
    const fraction = load<f64>(area + (<usize>(cell - first) << 3)) / total;
    if (fraction > NOTHING) add(offset + cell, fraction);
  }
}

function signedArea(origin: f64): f64 {
  let sum: f64 = 0;
  let from = <usize>(vertices - 1) << 3;
  for (let k: usize = 0; k < <usize>vertices << 3; from = k, k += 8) {
    const mean = 0.5 * (load<f64>(v + k) + load<f64>(v + from)) - origin;
    sum += (load<f64>(u + k) - load<f64>(u + from)) * mean;
  }
  return sum;
}

function clampedMean(a: f64, b: f64): f64 {
  const lower = min(a, b);
  const upper = max(a, b);
  if (lower >= 0 && upper <= 1) return 0.5 * (a + b);
  if (upper <= 0) return 0;
  if (lower >= 1) return 1;
  const inLower = max(lower, 0);
  const inUpper = min(upper, 1);
  return (0.5 * (inLower + inUpper) * (inUpper - inLower) + max(upper - 1, 0)) / (upper - lower);
}
