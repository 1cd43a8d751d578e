/** The rings of a calibrant as angles, and which of them is nearest to any. */
export interface Comb {
  /** Spacings in ångströms, from the largest. */
  readonly d: Float64Array;
  /** 2θ in radians, ascending. */
  readonly twoTheta: Float64Array;
  /** Borders between rings: halfway to the neighbours; `[k]` is below ring k, the last is the end. */
  readonly border: Float64Array;
  /** Number of the ring whose borders hold a 2θ; −1 beyond the last one's. */
  readonly nearest: (twoTheta: number) => number;
}

/** Beyond this many, rings lie closer than any image resolves. */
export const MOST_RINGS = 200;
const STEPS = 16384;

/** The rings of spacings (ångströms) at a wavelength in metres. */
export function combOf(spacings: readonly number[], wavelength: number): Comb {
  const angstroms = wavelength * 1e10;
  const d = Float64Array.from(
    spacings.filter((value) => 2 * value > angstroms).slice(0, MOST_RINGS),
  );
  const twoTheta = d.map((value) => 2 * Math.asin(angstroms / (2 * value)));
  const count = d.length;
  const border = new Float64Array(count + 1);
  for (let k = 1; k < count; k++) border[k] = (twoTheta[k - 1]! + twoTheta[k]!) / 2;
  if (count > 0) {
    // What lies well inside the first ring belongs to none of them.
    border[0] = count > 1 ? 1.5 * twoTheta[0]! - 0.5 * twoTheta[1]! : 0.5 * twoTheta[0]!;
    border[0] = Math.max(border[0]!, 0.5 * twoTheta[0]!);
    border[count] = 2 * twoTheta[count - 1]! - border[count - 1]!;
  }
  const end = border[count]!;
  const scale = end > 0 ? STEPS / end : 0;
  const table = new Int16Array(STEPS + 1);
  for (let step = 0, k = 0; step <= STEPS; step++) {
    while (k < count - 1 && step / scale >= border[k + 1]!) k++;
    table[step] = k;
  }
  const nearest = (angle: number): number => {
    if (!(angle < end)) return -1;
    let k = table[Math.floor(angle * scale)]!;
    while (angle >= border[k + 1]!) k++;
    return k;
  };
  return { d, twoTheta, border, nearest };
}

/** How the angle of a ring moves with the wavelength: d(2θ)/dλ = 2 tan θ / λ. */
export function wavelengthDerivative(twoTheta: number, wavelength: number): number {
  return (2 * Math.tan(twoTheta / 2)) / wavelength;
}
