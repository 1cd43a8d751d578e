import type { MidasParameters } from "../../config/midas/parameters.js";
import type { MidasBins } from "./bins.js";
import type { MidasMapBuilder } from "./map.js";
import { QuadOverlap } from "./overlap.js";

const DEGREE = Math.PI / 180;

/** What is smaller MIDAS leaves out, in pixels²: below are only the roundings of the corners. */
const SMALLEST_AREA = 1e-9;
/** Polarizations up to this do not divide. */
const SMALLEST_POLARIZATION = 1e-6;

/** Divides pixels, whose corners are in the plane of R and η, among the bins. */
export class MidasDivider {
  /** The corners, in their order around: set them before `divide` or `touch`. */
  readonly quad: Float64Array;
  /** η of the corners, in degrees. */
  readonly etas: Float64Array = new Float64Array(4);
  readonly #overlap: QuadOverlap = new QuadOverlap();
  readonly #bins: MidasBins;
  readonly #pxOverLsd: number;
  readonly #polarization: number | undefined;
  /** cos 2(η − η₀) of the middle of each azimuthal bin. */
  readonly #waves: Float64Array;
  /** The azimuthal bins that a pixel may reach, `#count` of them. */
  readonly #sectors: Int32Array;
  #count = 0;
  #first = 0;
  #last = 0;
  #etaLow = 0;
  #etaHigh = 0;

  constructor(parameters: MidasParameters, bins: MidasBins) {
    const { PolarizationCorrection, PolarizationFraction, PolarizationPlaneEtaDeg } = parameters;
    this.quad = this.#overlap.quad;
    this.#bins = bins;
    this.#pxOverLsd = parameters.pxY / parameters.Lsd;
    this.#polarization = PolarizationCorrection ? PolarizationFraction : undefined;
    this.#waves = bins.etas.map((eta) => Math.cos(2 * (eta - PolarizationPlaneEtaDeg) * DEGREE));
    this.#sectors = new Int32Array(bins.azimuthal);
  }

  /**
   * Gives the parts of a pixel at (y, z) to the bins that they lie in; `radius` is that of its middle, in
   * pixels, `divisor` what its area is divided by besides the polarization.
   */
  divide(y: number, z: number, radius: number, divisor: number, builder: MidasMapBuilder): void {
    if (!this.#reach()) return;
    const { edges, azimuthal, etaMin, etaSize } = this.#bins;
    const overlap = this.#overlap;
    const tangent = radius * this.#pxOverLsd;
    const cos2 = 1 / (1 + tangent * tangent);
    for (let i = 0; i < this.#count; i++) {
      const sector = this.#sectors[i]!;
      const eta = etaMin + etaSize * sector;
      if (this.#isWithin(eta, eta + etaSize)) overlap.whole();
      else overlap.between(eta, eta + etaSize);
      let weight = 1 / divisor;
      if (this.#polarization !== undefined) {
        const wave = this.#polarization * this.#waves[sector]!;
        const polarization = 0.5 * (1 + cos2 - wave * (1 - cos2));
        if (polarization > SMALLEST_POLARIZATION) weight /= polarization;
      }
      let inner = overlap.areaWithin(edges[this.#first]!);
      for (let ring = this.#first; ring <= this.#last; ring++) {
        const outer = overlap.areaWithin(edges[ring + 1]!);
        const area = outer - inner;
        if (area >= SMALLEST_AREA) {
          const delta = radius - (edges[ring]! + edges[ring + 1]!) / 2;
          builder.add(ring * azimuthal + sector, y, z, area * weight, delta, area);
        }
        inner = outer;
      }
    }
  }

  /** Marks the bins that the pixel may reach. */
  touch(marked: Uint8Array): void {
    if (!this.#reach()) return;
    for (let ring = this.#first; ring <= this.#last; ring++) {
      for (let i = 0; i < this.#count; i++) {
        marked[ring * this.#bins.azimuthal + this.#sectors[i]!] = 1;
      }
    }
  }

  /** Finds the bins in question; false for none. */
  #reach(): boolean {
    const { edges, radial } = this.#bins;
    this.#overlap.begin();
    const { smallestRadius, largestRadius } = this.#overlap;
    if (!(largestRadius >= edges[0]! && smallestRadius <= edges[radial]!)) return false;
    // The next pixel's bins are mostly those of the one before, or next to them.
    let first = this.#first;
    while (first > 0 && edges[first]! >= smallestRadius) first--;
    while (edges[first + 1]! < smallestRadius) first++;
    let last = first;
    while (last + 1 < radial && edges[last + 1]! <= largestRadius) last++;
    this.#first = first;
    this.#last = last;
    const { etas } = this;
    this.#etaLow = Math.min(etas[0]!, etas[1]!, etas[2]!, etas[3]!);
    this.#etaHigh = Math.max(etas[0]!, etas[1]!, etas[2]!, etas[3]!);
    this.#count = this.#reachedSectors();
    return this.#count > 0;
  }

  #reachedSectors(): number {
    const { azimuthal, etaMin, etaSize } = this.#bins;
    const sectors = this.#sectors;
    if (this.#isAcross) {
      for (let sector = 0; sector < azimuthal; sector++) sectors[sector] = sector;
      return azimuthal;
    }
    let count = 0;
    const end = etaMin + azimuthal * etaSize;
    for (let turn = turnTo(etaMin, this.#etaHigh); this.#etaLow + turn <= end; turn += 360) {
      const low = this.#etaLow + turn;
      const high = this.#etaHigh + turn;
      const from = Math.max(Math.ceil((low - etaMin) / etaSize) - 1, 0);
      const to = Math.min(Math.floor((high - etaMin) / etaSize), azimuthal - 1);
      for (let sector = from; sector <= to; sector++) {
        // Bins may go around more than once, and be wider than a turn.
        let known = 0;
        while (known < count && sectors[known] !== sector) known++;
        if (known === count) sectors[count++] = sector;
      }
    }
    return count;
  }

  /** Whether the pixel lies across ±180° or around the beam, so that its corners' η do not tell its own. */
  get #isAcross(): boolean {
    return this.#etaHigh - this.#etaLow > 180;
  }

  /** Whether all of the pixel lies between the rays of a bin, so that nothing is cut away. */
  #isWithin(low: number, high: number): boolean {
    if (high - low >= 360) return true;
    if (this.#isAcross) return false;
    const turn = turnTo(low, this.#etaHigh);
    return this.#etaLow + turn > low && this.#etaHigh + turn < high;
  }
}

/** The whole turns, in degrees, that bring an angle to `low` or the first time beyond. */
function turnTo(low: number, angle: number): number {
  return 360 * Math.ceil((low - angle) / 360);
}
