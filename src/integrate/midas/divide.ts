import type { MidasParameters } from "../../config/midas/parameters.js";
import type { MidasBins } from "./bins.js";
import type { MidasMapBuilder } from "./map.js";
import { QuadOverlap } from "./overlap.js";

const DEGREE = Math.PI / 180;

/** What is smaller MIDAS leaves out, in pixels²: below are only the roundings of the corners. */
const SMALLEST_AREA = 1e-9;
/** Solid angles, polarizations and flats up to this do not divide. */
const SMALLEST_DIVISOR = 1e-12;
const SMALLEST_POLARIZATION = 1e-6;

/** A pixel or part of one, besides its corners. */
export interface DividedPixel {
  /** In the detector's own image. */
  readonly y: number;
  readonly z: number;
  /** Of its middle, in pixels. */
  readonly radius: number;
  /** What its area is divided by but for the polarization. */
  readonly divisor: number;
}

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

  constructor(parameters: MidasParameters, bins: MidasBins) {
    const { PolarizationCorrection, PolarizationFraction, PolarizationPlaneEtaDeg } = parameters;
    this.quad = this.#overlap.quad;
    this.#bins = bins;
    this.#pxOverLsd = parameters.pxY / parameters.Lsd;
    this.#polarization = PolarizationCorrection ? PolarizationFraction : undefined;
    this.#waves = bins.etas.map((eta) => Math.cos(2 * (eta - PolarizationPlaneEtaDeg) * DEGREE));
    this.#sectors = new Int32Array(bins.azimuthal);
  }

  /** Gives the pixel's parts to the bins that they lie in. */
  divide({ y, z, radius, divisor }: DividedPixel, builder: MidasMapBuilder): void {
    if (!this.#reach()) return;
    const { edges, azimuthal, etaMin, etaSize } = this.#bins;
    const overlap = this.#overlap;
    const tangent = radius * this.#pxOverLsd;
    const cos2 = 1 / (1 + tangent * tangent);
    for (let i = 0; i < this.#count; i++) {
      const sector = this.#sectors[i]!;
      const eta = etaMin + etaSize * sector;
      if (this.#isWithin(eta)) overlap.whole();
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
    const quad = this.quad;
    this.#overlap.begin();
    let largest = 0;
    for (let i = 0; i < 8; i += 2) {
      largest = Math.max(largest, quad[i]! ** 2 + quad[i + 1]! ** 2);
    }
    largest = Math.sqrt(largest);
    const smallest = this.#overlap.smallestRadius();
    if (!(largest >= edges[0]! && smallest <= edges[radial]!)) return false;
    // The next pixel's bins are mostly those of the one before, or next to them.
    let first = this.#first;
    while (first > 0 && edges[first]! >= smallest) first--;
    while (edges[first + 1]! < smallest) first++;
    let last = first;
    while (last + 1 < radial && edges[last + 1]! <= largest) last++;
    this.#first = first;
    this.#last = last;
    this.#count = this.#reachedSectors();
    return this.#count > 0;
  }

  #reachedSectors(): number {
    const { azimuthal, etaMin, etaSize } = this.#bins;
    const [a, b, c, d] = this.etas as unknown as [number, number, number, number];
    const low = Math.min(a, b, c, d);
    const high = Math.max(a, b, c, d);
    const sectors = this.#sectors;
    if (high - low > 180) {
      // Across ±180°, or around the beam: the corners do not tell.
      for (let sector = 0; sector < azimuthal; sector++) sectors[sector] = sector;
      return azimuthal;
    }
    let count = 0;
    for (let turn = -360; turn <= 360; turn += 360) {
      const from = Math.floor((low + turn - etaMin) / etaSize) - 1;
      const to = Math.floor((high + turn - etaMin) / etaSize) + 1;
      for (let sector = Math.max(from, 0); sector <= Math.min(to, azimuthal - 1); sector++) {
        const eta = etaMin + etaSize * sector;
        if (eta + etaSize < low + turn || eta > high + turn) continue;
        if (!sectors.subarray(0, count).includes(sector)) sectors[count++] = sector;
      }
    }
    return count;
  }

  /** Whether all of the pixel lies between the rays of a bin, so that nothing is cut away. */
  #isWithin(eta: number): boolean {
    const { etaSize } = this.#bins;
    if (etaSize >= 360) return true;
    const [a, b, c, d] = this.etas as unknown as [number, number, number, number];
    const low = Math.min(a, b, c, d);
    const high = Math.max(a, b, c, d);
    if (high - low > 180) return false;
    for (let turn = -360; turn <= 360; turn += 360) {
      if (low + turn > eta && high + turn < eta + etaSize) return true;
    }
    return false;
  }
}

/** What a pixel's area is divided by besides the polarization. */
export function divisorOf(solidAngle: number, flat: number): number {
  const angle = solidAngle > SMALLEST_DIVISOR ? solidAngle : 1;
  return flat > SMALLEST_DIVISOR ? angle * flat : angle;
}
