const TURN = 2 * Math.PI;
/** An edge that turns this much goes through the beam itself. */
const HALF_TURN = Math.PI - 1e-9;

/** The radial value on the beam axis, downstream and upstream of the sample. */
export type BeamAxis = readonly [forward: number, backward: number];

/** The difference of two azimuths the short way round, in [−π, π). */
export function shortWay(from: number, to: number): number {
  const difference = to - from;
  return difference - TURN * Math.floor(difference / TURN + 0.5);
}

function nearer([forward, backward]: BeamAxis, radial: number): number {
  return Math.abs(radial - backward) < Math.abs(radial - forward) ? backward : forward;
}

/**
 * The outline of a pixel in polar coordinates: a polygon with straight edges, whose azimuths run on
 * without a jump at ±π.
 */
export class Outline {
  readonly radial: Float64Array;
  readonly chi: Float64Array;
  /** Vertices in use. */
  length = 0;
  /** The pixel holds or touches the beam, so that its outline was drawn around the whole of it. */
  holdsBeam = false;

  constructor(corners: number) {
    // Around the beam each edge becomes a four-sided piece.
    this.radial = new Float64Array(corners * 4);
    this.chi = new Float64Array(corners * 4);
  }

  /**
   * Takes the corners of one pixel: `count` values from index `first`.
   *
   * `beam` is the radial value on the beam axis, before and behind the sample.
   */
  set(radial: Float64Array, chi: Float64Array, first: number, count: number, beam: BeamAxis): void {
    let turned = 0;
    let touches = false;
    for (let k = 0; k < count; k++) {
      const r = radial[first + k]!;
      const step = shortWay(chi[first + k]!, chi[first + ((k + 1) % count)]!);
      turned += step;
      touches ||= r === beam[0] || r === beam[1] || Math.abs(step) > HALF_TURN;
    }
    this.holdsBeam = touches || Math.abs(turned) > Math.PI;
    if (this.holdsBeam) this.#drawFromBeam(radial, chi, first, count, nearer(beam, radial[first]!));
    else this.#drawAround(radial, chi, first, count);
  }

  #drawAround(radial: Float64Array, chi: Float64Array, first: number, count: number): void {
    let azimuth = chi[first]!;
    for (let k = 0; k < count; k++) {
      if (k > 0) azimuth += shortWay(chi[first + k - 1]!, chi[first + k]!);
      this.radial[k] = radial[first + k]!;
      this.chi[k] = azimuth;
    }
    this.length = count;
  }

  /**
   * Azimuth is not defined at the beam: the pixel becomes one triangle for each edge, with the beam
   * as a corner that has every azimuth of the edge.
   */
  #drawFromBeam(
    radial: Float64Array,
    chi: Float64Array,
    first: number,
    count: number,
    beam: number,
  ): void {
    let length = 0;
    let azimuth = chi[first]!;
    for (let k = 0; k < count; k++) {
      const next = first + ((k + 1) % count);
      const step = shortWay(chi[first + k]!, chi[next]!);
      const throughBeam =
        radial[first + k] === beam || radial[next] === beam || Math.abs(step) > HALF_TURN;
      if (!throughBeam) {
        this.#vertex(length++, beam, azimuth);
        this.#vertex(length++, radial[first + k]!, azimuth);
        this.#vertex(length++, radial[next]!, azimuth + step);
        this.#vertex(length++, beam, azimuth + step);
      }
      azimuth += step;
    }
    this.length = length;
  }

  #vertex(index: number, radial: number, chi: number): void {
    this.radial[index] = radial;
    this.chi[index] = chi;
  }
}
