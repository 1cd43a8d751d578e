/** An ellipse of one value, in pixels around the middle: x to the right, y up. */
export interface Ellipse {
  readonly value: number;
  readonly x: number;
  readonly y: number;
  readonly a: number;
  readonly b: number;
  /** Radians that its axis `a` is turned anticlockwise. */
  readonly turn: number;
}

/** A sample with grains, for slices of `size` pixels. */
export function sample(size: number): Ellipse[] {
  const unit = size / 200;
  const ellipse = (
    value: number,
    x: number,
    y: number,
    a: number,
    b: number,
    turn = 0,
  ): Ellipse => ({
    value,
    x: x * unit,
    y: y * unit,
    a: a * unit,
    b: b * unit,
    turn,
  });
  return [
    ellipse(1, 0, 0, 70, 50, 0.3),
    ellipse(-0.6, 10, 5, 20, 30, 1),
    ellipse(0.8, -30, 10, 8, 12, 0.2),
    ellipse(1.2, 25, -20, 6, 6),
    ellipse(0.5, -5, -25, 15, 6, -0.6),
  ];
}

/** The slice, each pixel the mean of 8 × 8 points in it. */
export function drawSlice(ellipses: readonly Ellipse[], size: number): Float64Array {
  const middle = (size - 1) / 2;
  const points = Array.from({ length: 8 }, (_, i) => (i + 0.5) / 8 - 0.5);
  return Float64Array.from({ length: size * size }, (_, i) => {
    const [x, y] = [(i % size) - middle, middle - Math.floor(i / size)];
    let sum = 0;
    for (const dx of points) {
      for (const dy of points) {
        for (const { value, a, b, turn, ...at } of ellipses) {
          const [u, v] = [x + dx - at.x, y + dy - at.y];
          const [along, across] = [
            u * Math.cos(turn) + v * Math.sin(turn),
            v * Math.cos(turn) - u * Math.sin(turn),
          ];
          if ((along / a) ** 2 + (across / b) ** 2 <= 1) sum += value;
        }
      }
    }
    return sum / 64;
  });
}

/**
 * The sinogram by the formula of an ellipse's chords, each column the mean of 4 lines in it.
 *
 * @see Kak & Slaney 1988, Principles of Computerized Tomographic Imaging, eq. 6 of chapter 3
 */
export function chords(
  ellipses: readonly Ellipse[],
  size: number,
  angles: ArrayLike<number>,
  center: number,
): Float64Array {
  const data = new Float64Array(angles.length * size);
  for (let i = 0; i < data.length; i++) {
    const angle = (angles[Math.floor(i / size)]! * Math.PI) / 180;
    for (const part of [-0.375, -0.125, 0.125, 0.375]) {
      for (const { value, x, y, a, b, turn } of ellipses) {
        const away = (i % size) + part - center - x * Math.cos(angle) - y * Math.sin(angle);
        const square = (a * Math.cos(angle - turn)) ** 2 + (b * Math.sin(angle - turn)) ** 2;
        const half = square - away ** 2;
        if (half > 0) data[i]! += (value * a * b * Math.sqrt(half)) / (2 * square);
      }
    }
  }
  return data;
}

/** The root mean square difference in the circle that touches the edges. */
export function misfit(found: ArrayLike<number>, truth: ArrayLike<number>, size: number): number {
  const middle = (size - 1) / 2;
  let [sum, count] = [0, 0];
  for (let i = 0; i < size * size; i++) {
    if (Math.hypot((i % size) - middle, Math.floor(i / size) - middle) > size / 2 - 1) continue;
    sum += (found[i]! - truth[i]!) ** 2;
    count++;
  }
  return Math.sqrt(sum / count);
}

/** Even steps from 0 to below `until` degrees. */
export function evenAngles(count: number, until = 180): number[] {
  return Array.from({ length: count }, (_, i) => (until * i) / count);
}
