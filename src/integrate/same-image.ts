import type { Image, TypedArray } from "../array.js";

/** A copy of an image, to tell later whether it was changed in place. */
export function copyImage(image: Image | undefined): Image | undefined {
  return image && { data: image.data.slice(), shape: [image.shape[0], image.shape[1]] };
}

/** Whether two images have the same values. */
export function sameImage(a: Image | undefined, b: Image | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  if (a.data.length !== b.data.length || a.shape[1] !== b.shape[1]) return false;
  if (a.data.constructor !== b.data.constructor) return false;
  const [bytes, others] = [words(a.data), words(b.data)];
  for (let i = 0; i < bytes.length; i++) if (bytes[i] !== others[i]) return false;
  return true;
}

/** The array's bytes, four at a time where they lie so. */
function words(data: TypedArray): Uint8Array | Uint32Array {
  const { buffer, byteOffset, byteLength } = data;
  return byteOffset % 4 === 0 && byteLength % 4 === 0
    ? new Uint32Array(buffer, byteOffset, byteLength / 4)
    : new Uint8Array(buffer, byteOffset, byteLength);
}
