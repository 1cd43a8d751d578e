import { OptionError } from "../errors.js";
import { fourierTransform } from "./fourier.js";

/** Filters of projections: `"ramp"` keeps every detail and all noise, `"hann"` the least of both. */
export type ProjectionFilter = "none" | "ramp" | "shepp-logan" | "cosine" | "hamming" | "hann";

type Window = (part: number) => number;

/** How much of each frequency is kept, from 0 to that of a wave two columns long: 1. */
const WINDOWS: Readonly<Record<ProjectionFilter, Window | undefined>> = {
  none: undefined,
  ramp: () => 1,
  "shepp-logan": (part) =>
    part === 0 ? 1 : Math.sin((Math.PI * part) / 2) / ((Math.PI * part) / 2),
  cosine: (part) => Math.cos((Math.PI * part) / 2),
  hamming: (part) => 0.54 + 0.46 * Math.cos(Math.PI * part),
  hann: (part) => 0.5 + 0.5 * Math.cos(Math.PI * part),
};

/**
 * Filters each row: with the ramp |ω|, sampled in space so that the mean of a slice is right, and a
 * window that damps high frequencies.
 *
 * @throws OptionError for a filter that is none.
 * @see Kak & Slaney 1988, Principles of Computerized Tomographic Imaging, eq. 61 of chapter 3
 */
export function filterRows(
  data: Float64Array,
  [rows, columns]: readonly [number, number],
  filter: ProjectionFilter,
): Float64Array {
  if (!Object.hasOwn(WINDOWS, filter)) {
    const names = Object.keys(WINDOWS).join(", ");
    throw new OptionError("filter", filter, `there is no filter "${filter}"; choose ${names}`);
  }
  const window = WINDOWS[filter];
  if (window === undefined) return data;
  // Twice as long, so that the end of a row does not reach round to its beginning.
  const length = 2 ** Math.ceil(Math.log2(2 * columns));
  const response = rampResponse(length).map((value, i) => {
    const frequency = Math.min(i, length - i) / (length / 2);
    return value * window(frequency);
  });
  const filtered = new Float64Array(data.length);
  const [real, imaginary] = [new Float64Array(length), new Float64Array(length)];
  // The filter is real and even: two rows go through one transform.
  for (let row = 0; row < rows; row += 2) {
    const pair = row + 1 < rows ? 2 : 1;
    for (const part of [real, imaginary]) part.fill(0);
    real.set(data.subarray(row * columns, (row + 1) * columns));
    if (pair === 2) imaginary.set(data.subarray((row + 1) * columns, (row + 2) * columns));
    fourierTransform(real, imaginary);
    for (let i = 0; i < length; i++) {
      real[i]! *= response[i]! / length;
      imaginary[i]! *= response[i]! / length;
    }
    fourierTransform(real, imaginary, true);
    filtered.set(real.subarray(0, columns), row * columns);
    if (pair === 2) filtered.set(imaginary.subarray(0, columns), (row + 1) * columns);
  }
  return filtered;
}

function rampResponse(length: number): Float64Array {
  const kernel = new Float64Array(length);
  kernel[0] = 0.25;
  for (let i = 1; i < length / 2; i += 2) {
    kernel[i] = kernel[length - i] = -1 / (Math.PI * i) ** 2;
  }
  fourierTransform(kernel, new Float64Array(length));
  return kernel;
}
