/**
 * Which pixels lie in which bins, as MIDAS keeps it in Map.bin and nMap.bin: one record for each pixel,
 * or part of one, in each bin, the records of a bin one after the other.
 *
 * Bins are counted η by η, then R by R: the bin of radial bin r and azimuthal bin e is
 * `r × azimuthal + e`.
 */
export interface MidasMap {
  /** Column and row in the detector's own image; parts of pixels lie off its middle by less than ½. */
  readonly y: Float32Array;
  readonly z: Float32Array;
  /** The area, divided by solid angle, polarization and flat: what the pixel's intensity is weighted by. */
  readonly frac: Float64Array;
  /** Radius of the pixel's middle less that of the bin, in pixels. */
  readonly deltaR: Float32Array;
  /** The area of the pixel that lies in the bin, in pixels. */
  readonly areaWeight: Float32Array;
  /** Records of each bin, and where the first of them is. */
  readonly counts: Int32Array;
  readonly offsets: Int32Array;
  /** 1 for the bins that a masked pixel may reach; `undefined` where nobody knows. */
  readonly maskedBins: Uint8Array | undefined;
}

/** Collects records in the order of pixels. */
export class MidasMapBuilder {
  readonly #bins: number;
  readonly #chunks: Chunk[] = [];
  #last: Chunk | undefined;

  constructor(bins: number) {
    this.#bins = bins;
  }

  add(bin: number, y: number, z: number, frac: number, deltaR: number, area: number): void {
    let chunk = this.#last;
    if (chunk === undefined || chunk.length === CHUNK) {
      chunk = newChunk();
      this.#last = chunk;
      this.#chunks.push(chunk);
    }
    const at = chunk.length++;
    chunk.bin[at] = bin;
    chunk.y[at] = y;
    chunk.z[at] = z;
    chunk.frac[at] = frac;
    chunk.deltaR[at] = deltaR;
    chunk.areaWeight[at] = area;
  }

  /** The records sorted by bin, those of a bin in the order in which they came. */
  finish(maskedBins: Uint8Array | undefined): MidasMap {
    const counts = new Int32Array(this.#bins);
    for (const { bin, length } of this.#chunks) {
      for (let i = 0; i < length; i++) counts[bin[i]!]!++;
    }
    const offsets = new Int32Array(this.#bins);
    for (let bin = 1; bin < offsets.length; bin++) {
      offsets[bin] = offsets[bin - 1]! + counts[bin - 1]!;
    }
    const next = offsets.slice();
    const records = this.#chunks.reduce((sum, { length }) => sum + length, 0);
    const map: MidasMap = {
      y: new Float32Array(records),
      z: new Float32Array(records),
      frac: new Float64Array(records),
      deltaR: new Float32Array(records),
      areaWeight: new Float32Array(records),
      counts,
      offsets,
      maskedBins,
    };
    for (let chunk = this.#chunks.shift(); chunk !== undefined; chunk = this.#chunks.shift()) {
      for (let i = 0; i < chunk.length; i++) {
        const to = next[chunk.bin[i]!]!++;
        map.y[to] = chunk.y[i]!;
        map.z[to] = chunk.z[i]!;
        map.frac[to] = chunk.frac[i]!;
        map.deltaR[to] = chunk.deltaR[i]!;
        map.areaWeight[to] = chunk.areaWeight[i]!;
      }
    }
    return map;
  }
}

const CHUNK = 2 ** 18;

interface Chunk {
  length: number;
  readonly bin: Int32Array;
  readonly y: Float32Array;
  readonly z: Float32Array;
  readonly frac: Float64Array;
  readonly deltaR: Float32Array;
  readonly areaWeight: Float32Array;
}

function newChunk(): Chunk {
  return {
    length: 0,
    bin: new Int32Array(CHUNK),
    y: new Float32Array(CHUNK),
    z: new Float32Array(CHUNK),
    frac: new Float64Array(CHUNK),
    deltaR: new Float32Array(CHUNK),
    areaWeight: new Float32Array(CHUNK),
  };
}
