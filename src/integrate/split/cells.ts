import type { PixelBinsBuilder } from "../pixel-bins.js";
import type { Outline } from "./outline.js";
import type { SplitAxes } from "./splitter.js";

const TURN = 2 * Math.PI;
/** Fractions below this are what rounding leaves of zero. */
const NOTHING = 1e-13;

/**
 * Areas of a polygon in the cells of a grid, exact for straight edges.
 *
 * By Green's theorem an area is the sum over edges of ∫ v du; inside the cell of row j it is the same
 * with v clamped to [j, j + 1]. Each edge is walked once along u, cell column by cell column; parts
 * outside the grid fall away, so that fractions at limits are true.
 */
export class Cells {
  #low = 0;
  #perBin = 1;
  #bins = 1;
  #azimuthLow = 0;
  #perAzimuthBin = 1;
  #azimuthBins: number | undefined;
  #u = new Float64Array(32);
  #v = new Float64Array(32);
  #area = new Float64Array(64);

  setAxes({ radial, azimuth }: SplitAxes): void {
    this.#low = radial.low;
    this.#bins = radial.bins;
    this.#perBin = radial.bins / (radial.high - radial.low);
    this.#azimuthLow = azimuth?.low ?? 0;
    this.#perAzimuthBin = azimuth === undefined ? 1 : azimuth.bins / (azimuth.high - azimuth.low);
    this.#azimuthBins = azimuth?.bins;
  }

  /** Adds the outline's fraction in each bin to the current pixel. */
  divide(outline: Outline, out: PixelBinsBuilder): void {
    const count = outline.length;
    if (count > this.#u.length) {
      this.#u = new Float64Array(count);
      this.#v = new Float64Array(count);
    }
    const [u, v] = [this.#u, this.#v];
    let [uLow, uHigh, vLow, vHigh] = [Infinity, -Infinity, Infinity, -Infinity];
    for (let k = 0; k < count; k++) {
      const x = (outline.radial[k]! - this.#low) * this.#perBin;
      const y = (outline.chi[k]! - this.#azimuthLow) * this.#perAzimuthBin;
      u[k] = x;
      v[k] = y;
      if (x < uLow) uLow = x;
      if (x > uHigh) uHigh = x;
      if (y < vLow) vLow = y;
      if (y > vHigh) vHigh = y;
    }
    const first = Math.max(0, Math.floor(uLow));
    const last = Math.min(this.#bins - 1, Math.ceil(uHigh) - 1);
    if (last < first) return;
    const total = signedArea(u, v, count, vLow);
    if (this.#azimuthBins === undefined) {
      this.#clear(last - first + 1);
      this.#addEdges(count, first, last, vLow);
      this.#emit(total, first, last - first + 1, 0, 1, out);
      return;
    }
    // The same polygon a turn on or back may reach the range too.
    const turn = TURN * this.#perAzimuthBin;
    const firstTurn = Math.ceil(-vHigh / turn);
    const lastTurn = Math.floor((this.#azimuthBins - vLow) / turn);
    for (let k = firstTurn; k <= lastTurn; k++) {
      this.#divideTurn(count, k * turn, first, last, vLow, vHigh, total, out);
    }
  }

  #divideTurn(
    count: number,
    shift: number,
    first: number,
    last: number,
    vLow: number,
    vHigh: number,
    total: number,
    out: PixelBinsBuilder,
  ): void {
    const firstRow = Math.max(0, Math.floor(vLow + shift));
    const lastRow = Math.min(this.#azimuthBins! - 1, Math.ceil(vHigh + shift) - 1);
    const width = last - first + 1;
    const height = lastRow - firstRow + 1;
    if (height < 1) return;
    this.#clear(width * height);
    for (let row = 0; row < height; row++) {
      this.#addClampedEdges(count, first, last, firstRow + row - shift, row * width);
    }
    this.#emit(total, first, width, firstRow, height, out);
  }

  /** ∫ v du of every edge in the cell columns `first` to `last`, with v counted from `origin`. */
  #addEdges(count: number, first: number, last: number, origin: number): void {
    const [u, v, area] = [this.#u, this.#v, this.#area];
    for (let k = 0, from = count - 1; k < count; from = k++) {
      const forward = u[from]! <= u[k]!;
      const [a, b] = forward ? [from, k] : [k, from];
      const [u0, u1, v0] = [u[a]!, u[b]!, v[a]! - origin];
      if (u0 === u1) continue;
      const sign = forward ? 1 : -1;
      const slope = (v[b]! - v[a]!) / (u1 - u0);
      const end = Math.min(last, Math.ceil(u1) - 1);
      for (let cell = Math.max(first, Math.floor(u0)); cell <= end; cell++) {
        const left = Math.max(u0, cell);
        const right = Math.min(u1, cell + 1);
        area[cell - first]! += sign * (right - left) * (v0 + slope * (0.5 * (left + right) - u0));
      }
    }
  }

  /** The same with v − `floor` clamped to [0, 1], into the areas from index `offset`. */
  #addClampedEdges(
    count: number,
    first: number,
    last: number,
    floor: number,
    offset: number,
  ): void {
    const [u, v, area] = [this.#u, this.#v, this.#area];
    for (let k = 0, from = count - 1; k < count; from = k++) {
      const forward = u[from]! <= u[k]!;
      const [a, b] = forward ? [from, k] : [k, from];
      const [u0, u1, v0, v1] = [u[a]!, u[b]!, v[a]! - floor, v[b]! - floor];
      if (u0 === u1 || (v0 <= 0 && v1 <= 0)) continue;
      const sign = forward ? 1 : -1;
      const slope = (v1 - v0) / (u1 - u0);
      const end = Math.min(last, Math.ceil(u1) - 1);
      for (let cell = Math.max(first, Math.floor(u0)); cell <= end; cell++) {
        const left = Math.max(u0, cell);
        const right = Math.min(u1, cell + 1);
        const mean = clampedMean(v0 + slope * (left - u0), v0 + slope * (right - u0));
        area[offset + cell - first]! += sign * (right - left) * mean;
      }
    }
  }

  #emit(
    total: number,
    first: number,
    width: number,
    firstRow: number,
    height: number,
    out: PixelBinsBuilder,
  ): void {
    for (let row = 0, i = 0; row < height; row++) {
      const bin = (firstRow + row) * this.#bins + first;
      for (let cell = 0; cell < width; cell++, i++) {
        const fraction = this.#area[i]! / total;
        if (fraction > NOTHING) out.add(bin + cell, fraction);
      }
    }
  }

  #clear(cells: number): void {
    if (cells > this.#area.length) this.#area = new Float64Array(2 * cells);
    else this.#area.fill(0, 0, cells);
  }
}

/** ∫ v du around the polygon, with v counted from `origin` so that little cancels. */
function signedArea(u: Float64Array, v: Float64Array, count: number, origin: number): number {
  let area = 0;
  for (let k = 0, from = count - 1; k < count; from = k++) {
    area += (u[k]! - u[from]!) * (0.5 * (v[k]! + v[from]!) - origin);
  }
  return area;
}

/** Mean of a value that runs evenly from a to b, clamped to [0, 1]. */
function clampedMean(a: number, b: number): number {
  const low = Math.min(a, b);
  const high = Math.max(a, b);
  if (low >= 0 && high <= 1) return 0.5 * (a + b);
  if (high <= 0) return 0;
  if (low >= 1) return 1;
  const inLow = Math.max(low, 0);
  const inHigh = Math.min(high, 1);
  return (0.5 * (inLow + inHigh) * (inHigh - inLow) + Math.max(high - 1, 0)) / (high - low);
}
