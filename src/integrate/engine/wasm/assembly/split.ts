import {
  AZIMUTH_BINS,
  AZIMUTH_HIGH,
  AZIMUTH_LOW,
  COLUMN_CENTERS,
  COLUMN_EDGES,
  COLUMNS,
  CORNER_CHI,
  CORNER_RADIAL,
  MASK,
  POSITIVE,
  RADIAL_BINS,
  RADIAL_HIGH,
  RADIAL_LOW,
  ROW_EDGES,
  SPLIT,
} from "../parameters";
import { area, divideOutline, divideSmall, emit } from "./cells";
import { max4, min4 } from "./extremes";
import { linePoints } from "./geometry";
import { address, allocate, parameter, whole } from "./memory";
import { draw, isPlain, shortWay, startOutline, vertexChi, vertices } from "./outline";
import { add, beginRow, endPixel, endRow } from "./output";

const TURN = 2 * Math.PI;

// Corners of the row at work in the table of all corners; centres are this thread's own.
let columns = 0;
let nearRadial: usize = 0;
let nearChi: usize = 0;
let farRadial: usize = 0;
let farChi: usize = 0;
let centerRadial: usize = 0;
let centerChi: usize = 0;

/** Makes this thread ready to split; the bins need not be known yet. */
export function startRows(): void {
  columns = whole(COLUMNS);
  const line = <usize>(columns + 2) << 3;
  centerRadial = allocate(line);
  centerChi = allocate(line);
  startOutline();
}

/** Bytes from one line of corners to the next. */
// @ts-ignore: decorator
@inline
function lineBytes(): usize {
  return <usize>even(columns + 1) << 3;
}

function even(count: i32): i32 {
  return (count + 1) & ~1;
}

/** Computes the lines of corners `from` to `to`; line i lies before row i. */
export function cornerLines(from: i32, to: i32): void {
  for (let line = from; line < to; line++) {
    // The last line lies behind the last row.
    const y = load<f64>(address(ROW_EDGES) + (line == 0 ? 0 : (<usize>line << 4) - 8));
    const start = <usize>line * lineBytes();
    linePoints(
      y, address(COLUMN_EDGES), even(columns + 1),
      address(CORNER_RADIAL) + start, address(CORNER_CHI) + start,
    );
  }
}

function loadCorners(row: i32): void {
  const start = <usize>row * lineBytes();
  nearRadial = address(CORNER_RADIAL) + start;
  nearChi = address(CORNER_CHI) + start;
  farRadial = nearRadial + lineBytes();
  farChi = nearChi + lineBytes();
}

function loadCenters(row: i32): void {
  const edges = address(ROW_EDGES) + ((<usize>row) << 4);
  const y = (load<f64>(edges) + load<f64>(edges, 8)) / 2;
  linePoints(y, address(COLUMN_CENTERS), even(columns), centerRadial, centerChi);
}

function drawPixel(column: i32): bool {
  const i = <usize>column << 3;
  return draw(
    load<f64>(nearRadial + i), load<f64>(nearChi + i),
    load<f64>(farRadial + i), load<f64>(farChi + i),
    load<f64>(farRadial + i, 8), load<f64>(farChi + i, 8),
    load<f64>(nearRadial + i, 8), load<f64>(nearChi + i, 8),
  );
}

function divideFull(column: i32): void {
  const i = <usize>column << 3;
  // Corners A and D, then B and C.
  const nearR = v128.load(nearRadial + i);
  const farR = v128.load(farRadial + i);
  const nearC = v128.load(nearChi + i);
  const farC = v128.load(farChi + i);
  const chiLow = min4(nearC, farC);
  const chiHigh = max4(nearC, farC);
  if (
    isPlain(min4(nearR, farR), max4(nearR, farR), chiLow, chiHigh) &&
    divideSmall(nearR, nearC, farR, farC, chiLow, chiHigh)
  ) {
    return;
  }
  if (drawPixel(column)) divideOutline();
  endPixel();
}

/** Divides the pixels of rows among the bins. */
export function divideRows(from: i32, to: i32): void {
  const mask = address(MASK);
  for (let row = from; row < to; row++) {
    loadRow(row);
    beginRow(row);
    const masked = mask + <usize>row * columns;
    for (let column = 0; column < columns; column++) {
      if (load<u8>(masked + column) != 0) endPixel();
      else dividePixel(column);
    }
    endRow();
  }
}

/** Makes the corners and centres of a row ready. */
export function loadRow(row: i32): void {
  const split = whole(SPLIT);
  if (split != 0) loadCorners(row);
  if (split != 2) loadCenters(row);
}

/** Gives the current pixel, which lies in this column, to its bins, and ends it. */
export function dividePixel(column: i32): void {
  const split = whole(SPLIT);
  if (split == 2) {
    divideFull(column);
    return;
  }
  if (split == 1) divideBox(column);
  else divideCenter(column);
  endPixel();
}

let boxLow: f64 = 0;
let boxHigh: f64 = 0;
let boxChiLow: f64 = 0;
let boxChiHigh: f64 = 0;

/** The rectangle centre ± δ, as split/bbox.ts has it; whether it is finite. */
function setBox(column: i32): bool {
  const i = (<usize>column) << 3;
  const r = load<f64>(centerRadial + i);
  const chi = load<f64>(centerChi + i);
  const delta = max(
    max(Math.abs(load<f64>(nearRadial + i) - r), Math.abs(load<f64>(farRadial + i) - r)),
    max(Math.abs(load<f64>(farRadial + i, 8) - r), Math.abs(load<f64>(nearRadial + i, 8) - r)),
  );
  const deltaChi = max(
    max(
      Math.abs(shortWay(chi, load<f64>(nearChi + i))),
      Math.abs(shortWay(chi, load<f64>(farChi + i))),
    ),
    max(
      Math.abs(shortWay(chi, load<f64>(farChi + i, 8))),
      Math.abs(shortWay(chi, load<f64>(nearChi + i, 8))),
    ),
  );
  boxLow = parameter(POSITIVE) != 0 ? max(0, r - delta) : r - delta;
  boxHigh = r + delta;
  boxChiLow = chi - deltaChi;
  boxChiHigh = chi + deltaChi;
  return isFinite(boxLow) && isFinite(boxHigh);
}

function divideBox(column: i32): void {
  if (!setBox(column)) return;
  const bins = whole(AZIMUTH_BINS);
  if (bins == 0) {
    addStrip(1, 0);
    return;
  }
  const low = parameter(AZIMUTH_LOW);
  const high = parameter(AZIMUTH_HIGH);
  const perBin = <f64>bins / (high - low);
  const lastTurn = <i32>Math.floor((high - boxChiLow) / TURN);
  for (let turn = <i32>Math.ceil((low - boxChiHigh) / TURN); turn <= lastTurn; turn++) {
    const v0 = (boxChiLow + <f64>turn * TURN - low) * perBin;
    const v1 = (boxChiHigh + <f64>turn * TURN - low) * perBin;
    const end = <i32>min(<f64>(bins - 1), Math.ceil(v1) - 1);
    for (let bin = <i32>max(0, Math.floor(v0)); bin <= end; bin++) {
      const overlap = min(v1, <f64>(bin + 1)) - max(v0, <f64>bin);
      if (overlap > 0) addStrip(overlap / (v1 - v0), bin * whole(RADIAL_BINS));
    }
  }
}

function addStrip(share: f64, offset: i32): void {
  const bins = whole(RADIAL_BINS);
  const low = parameter(RADIAL_LOW);
  const perBin = <f64>bins / (parameter(RADIAL_HIGH) - low);
  const u0 = (boxLow - low) * perBin;
  const u1 = (boxHigh - low) * perBin;
  if (!(u1 > 0 && u0 < <f64>bins)) return;
  const first = <i32>max(0, Math.floor(u0));
  const last = <i32>min(<f64>(bins - 1), Math.ceil(u1) - 1);
  for (let bin = first; bin <= last; bin++) {
    const overlap = min(u1, <f64>(bin + 1)) - max(u0, <f64>bin);
    store<f64>(area + (<usize>(bin - first) << 3), overlap);
  }
  emit((u1 - u0) / share, first, last, offset);
}

function divideCenter(column: i32): void {
  const i = (<usize>column) << 3;
  const bins = whole(RADIAL_BINS);
  const bin = binOf(
    parameter(RADIAL_LOW),
    parameter(RADIAL_HIGH),
    bins,
    load<f64>(centerRadial + i),
  );
  const azimuthBins = whole(AZIMUTH_BINS);
  const row = azimuthBins == 0 ? 0 : azimuthBinOf(azimuthBins, load<f64>(centerChi + i));
  if (bin >= 0 && row >= 0) add(row * bins + bin, 1);
}

function binOf(low: f64, high: f64, bins: i32, value: f64): i32 {
  if (!(value >= low && value <= high)) return -1;
  return <i32>min(<f64>(bins - 1), Math.floor(((value - low) * <f64>bins) / (high - low)));
}

function azimuthBinOf(bins: i32, chi: f64): i32 {
  const low = parameter(AZIMUTH_LOW);
  const high = parameter(AZIMUTH_HIGH);
  if (chi >= low && chi <= high) return binOf(low, high, bins, chi);
  const turned = chi + Math.ceil((low - chi) / TURN) * TURN;
  return binOf(low, high, bins, high - low > TURN - 1e-9 ? min(turned, high) : turned);
}

/**
 * What the pixels of rows cover, into five numbers at `out`: smallest and largest radial value and
 * azimuth, and whether one straddles ±180°.
 */
export function extendRows(from: i32, to: i32, out: usize): void {
  const split = whole(SPLIT);
  const mask = address(MASK);
  let low = Infinity;
  let high = -Infinity;
  let chiLow = Infinity;
  let chiHigh = -Infinity;
  let straddles = false;
  for (let row = from; row < to; row++) {
    loadCorners(row);
    if (split != 2) loadCenters(row);
    const masked = mask + <usize>row * columns;
    for (let column = 0; column < columns; column++) {
      if (load<u8>(masked + column) != 0) continue;
      const i = (<usize>column) << 3;
      if (split == 2) {
        const nearR = v128.load(nearRadial + i);
        const farR = v128.load(farRadial + i);
        const nearC = v128.load(nearChi + i);
        const farC = v128.load(farChi + i);
        const pixelLow = min4(nearR, farR);
        const pixelHigh = max4(nearR, farR);
        const pixelChiLow = min4(nearC, farC);
        const pixelChiHigh = max4(nearC, farC);
        if (isPlain(pixelLow, pixelHigh, pixelChiLow, pixelChiHigh)) {
          if (pixelLow < low) low = pixelLow;
          if (pixelHigh > high) high = pixelHigh;
          if (pixelChiLow < chiLow) chiLow = pixelChiLow;
          if (pixelChiHigh > chiHigh) chiHigh = pixelChiHigh;
          continue;
        }
        if (!drawPixel(column)) continue;
        low = min(low, pixelLow);
        high = max(high, pixelHigh);
        for (let k: usize = 0; k < (<usize>vertices) << 3; k += 8) {
          const chi = load<f64>(vertexChi + k);
          chiLow = min(chiLow, chi);
          chiHigh = max(chiHigh, chi);
          if (Math.abs(chi) > Math.PI) straddles = true;
        }
      } else if (split == 1) {
        if (!setBox(column)) continue;
        low = min(low, boxLow);
        high = max(high, boxHigh);
        chiLow = min(chiLow, boxChiLow);
        chiHigh = max(chiHigh, boxChiHigh);
        if (boxChiLow < -Math.PI || boxChiHigh > Math.PI) straddles = true;
      } else {
        const r = load<f64>(centerRadial + i);
        const chi = load<f64>(centerChi + i);
        if (!isFinite(r)) continue;
        low = min(low, r);
        high = max(high, r);
        chiLow = min(chiLow, chi);
        chiHigh = max(chiHigh, chi);
        if (!straddles) straddles = centerStraddles(chi, i);
      }
    }
  }
  store<f64>(out, low);
  store<f64>(out, high, 8);
  store<f64>(out, chiLow, 16);
  store<f64>(out, chiHigh, 24);
  store<f64>(out, straddles ? 1 : 0, 32);
}

function centerStraddles(chi: f64, i: usize): bool {
  return (
    Math.abs(chi + shortWay(chi, load<f64>(nearChi + i))) > Math.PI ||
    Math.abs(chi + shortWay(chi, load<f64>(farChi + i))) > Math.PI ||
    Math.abs(chi + shortWay(chi, load<f64>(farChi + i, 8))) > Math.PI ||
    Math.abs(chi + shortWay(chi, load<f64>(nearChi + i, 8))) > Math.PI
  );
}
