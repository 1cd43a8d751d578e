import type { Image, TypedArray } from "../../array.js";
import type { Detector } from "../../detector/detector.js";
import { dummyOf, isDummy } from "../../integrate/dummy.js";

/**
 * Gives images without the pixels above a limit, which become NaN; one that has none is given back as it
 * is. The copy is made in the same memory each time.
 */
export function pixelHider(): (image: Image, limit: number, detector: Detector) => Image {
  let scratch: Float32Array | Float64Array | undefined;
  return (image, limit, detector) => {
    const { data, shape } = image;
    if (!data.some((value: number) => value > limit)) return image;
    const Copy = isExactInFloat32(data) ? Float32Array : Float64Array;
    if (!(scratch instanceof Copy) || scratch.length !== data.length) {
      scratch = new Copy(data.length);
    }
    // A detector's −2 is 65534 in unsigned pixels, which would be a count in a float.
    const dummy = dummyOf(data, detector, { dummy: undefined, deltaDummy: undefined });
    const isInvalid = dummy === undefined ? () => false : isDummy(dummy);
    for (let i = 0; i < data.length; i++) {
      const value = data[i]!;
      scratch[i] = value > limit || isInvalid(value) ? Number.NaN : value;
    }
    return { data: scratch, shape };
  };
}

function isExactInFloat32(data: TypedArray): boolean {
  return data.BYTES_PER_ELEMENT < 4 || data instanceof Float32Array;
}
