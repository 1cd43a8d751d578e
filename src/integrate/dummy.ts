import type { TypedArray } from "../array.js";
import type { Detector } from "../detector/detector.js";

/** The value of invalid pixels and its tolerance. */
export interface Dummy {
  readonly value: number;
  readonly delta: number;
}

/**
 * The dummy of an image: the one given, else what the detector is known to write.
 *
 * A detector's −2 reads as 65534 in unsigned 16-bit images and as 4294967294 in 32-bit ones.
 */
export function dummyOf(
  data: TypedArray,
  detector: Detector,
  given: { readonly dummy: number | undefined; readonly deltaDummy: number | undefined },
): Dummy | undefined {
  if (given.dummy !== undefined) return { value: given.dummy, delta: given.deltaDummy ?? 0 };
  if (detector.dummy === undefined) return undefined;
  const delta = given.deltaDummy ?? detector.deltaDummy ?? 0;
  const isUnsigned =
    data instanceof Uint8Array || data instanceof Uint16Array || data instanceof Uint32Array;
  const values = 2 ** (8 * data.BYTES_PER_ELEMENT);
  return { value: isUnsigned ? modulo(detector.dummy, values) : detector.dummy, delta };
}

/** Whether a value is the dummy: equal to it, or no farther than its tolerance. */
export function isDummy({ value, delta }: Dummy): (pixel: number) => boolean {
  if (Number.isNaN(value)) return Number.isNaN;
  if (delta === 0) return (pixel) => pixel === value;
  return (pixel) => Math.abs(pixel - value) <= delta;
}

function modulo(value: number, divisor: number): number {
  return value - divisor * Math.floor(value / divisor);
}
