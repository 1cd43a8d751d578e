import type { Image, TypedArray } from "../array.js";
import { checkImage } from "../integrate/check-image.js";
import type { RingPixels } from "./ring-pixels.js";
import type { FrameCorrections } from "./tile.js";

/** The intensity on a ring of one frame. */
export interface RingSum {
  readonly sum: number;
  /** Pixels that count. */
  readonly count: number;
}

/**
 * Prepares what sums the ring in the region of a frame: of each pixel that is not masked, its value minus
 * dark, divided by flat, minus background. A value that is NaN or infinite does not count.
 *
 * @throws ShapeError, OptionError for an image that does not fit.
 */
export function ringSummer(
  shape: readonly [number, number],
  { region, pixels }: RingPixels,
  { mask, dark, flat, background }: Omit<FrameCorrections, "dummy">,
): (data: TypedArray) => RingSum {
  for (const [name, image] of Object.entries({ mask, dark, flat, background })) {
    if (image !== undefined) checkImage(name, image, shape);
  }
  const kept: number[] = [];
  // A corrected value is value · gain − shift.
  const gains: number[] = [];
  const shifts: number[] = [];
  for (const pixel of pixels) {
    const line = Math.floor(pixel / region.columns);
    const at = (region.row + line) * shape[1] + region.column + pixel - line * region.columns;
    const of = (image: Image | undefined, otherwise: number): number =>
      image?.data[at] ?? otherwise;
    const gain = 1 / of(flat, 1);
    const beam = background === undefined ? 0 : (of(background, 0) - of(dark, 0)) * gain;
    const shift = of(dark, 0) * gain + beam;
    if (of(mask, 0) !== 0 || !Number.isFinite(gain) || !Number.isFinite(shift)) continue;
    kept.push(pixel);
    gains.push(gain);
    shifts.push(shift);
  }
  const [places, gain, shift] = [
    Int32Array.from(kept),
    Float64Array.from(gains),
    Float64Array.from(shifts),
  ];
  return (data) => {
    let [sum, count] = [0, 0];
    for (let i = 0; i < places.length; i++) {
      const value = data[places[i]!]!;
      if (!Number.isFinite(value)) continue;
      sum += value * gain[i]! - shift[i]!;
      count++;
    }
    return { sum, count };
  };
}
