import type { Image, TypedArray } from "../../array.js";

/** The values of pixels that do not count, 0 for none. */
export interface GapValues {
  readonly GapIntensity: number;
  readonly BadPxIntensity: number;
}

/** A value with its tolerance, as detectors have it. */
interface GapDummy {
  readonly dummy?: number;
  readonly deltaDummy?: number;
}

/** Gap and bad values as one value and its tolerance, and what has to be done to images that have both. */
export interface GapRule {
  readonly dummy: GapDummy;
  readonly prepare: (image: Image) => Image;
}

/**
 * How pixels with the values are told from the others. Two values that are not neighbours would need two
 * searches: in a copy of the image, the one becomes the other.
 */
export function gapRule({ GapIntensity: gap, BadPxIntensity: bad }: GapValues): GapRule {
  const prepare = (image: Image): Image => image;
  const values = [...new Set([gap, bad])].filter((value) => value !== 0);
  const [first, second] = values;
  if (first === undefined) return { dummy: {}, prepare };
  if (second === undefined) return { dummy: { dummy: first }, prepare };
  if (Math.abs(first - second) === 1) {
    return { dummy: { dummy: (first + second) / 2, deltaDummy: 0.5 }, prepare };
  }
  return {
    dummy: { dummy: first },
    prepare: ({ data, shape }) => {
      const [from, to] = [wrapped(second, data), wrapped(first, data)];
      return { data: data.map((value) => (value === from ? to : value)) as TypedArray, shape };
    },
  };
}

/** A negative value as an unsigned image has it. */
function wrapped(value: number, data: TypedArray): number {
  const isUnsigned =
    data instanceof Uint8Array || data instanceof Uint16Array || data instanceof Uint32Array;
  return isUnsigned && value < 0 ? value + 2 ** (8 * data.BYTES_PER_ELEMENT) : value;
}
