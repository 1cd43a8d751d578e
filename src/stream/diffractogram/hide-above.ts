import type { Image, TypedArray } from "../../array.js";
import type { Detector } from "../../detector/detector.js";
import { type Dummy, dummyOf } from "../../integrate/dummy.js";

/**
 * Gives images without the pixels above a limit, which become NaN; one that has none is given back as it
 * is. The copy is made in the same memory each time.
 */
export function pixelHider(): (image: Image, limit: number, detector: Detector) => Image {
  let scratch: Float32Array | Float64Array | undefined;
  return (image, limit, detector) => {
    const { data, shape } = image;
    if (!exceeds(data, limit)) return image;
    const Copy = isExactInFloat32(data) ? Float32Array : Float64Array;
    if (!(scratch instanceof Copy) || scratch.length !== data.length) {
      scratch = new Copy(data.length);
    }
    scratch.set(data);
    // A detector's −2 is 65534 in unsigned pixels, which would be a count in a float.
    const dummy = dummyOf(data, detector, { dummy: undefined, deltaDummy: undefined });
    hide(scratch, limit, dummy ?? { value: Number.NaN, delta: 0 });
    return { data: scratch, shape };
  };
}

function exceeds(data: TypedArray, limit: number): boolean {
  for (let i = 0; i < data.length; i++) if (data[i]! > limit) return true;
  return false;
}

function hide(data: Float32Array | Float64Array, limit: number, { value, delta }: Dummy): void {
  const [low, high] = [value - delta, value + delta];
  for (let i = 0; i < data.length; i++) {
    const pixel = data[i]!;
    if (pixel > limit || (pixel >= low && pixel <= high)) data[i] = Number.NaN;
  }
}

function isExactInFloat32(data: TypedArray): boolean {
  return data.BYTES_PER_ELEMENT < 4 || data instanceof Float32Array;
}
