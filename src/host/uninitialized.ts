import { hasNode } from "./node.js";

/**
 * Bytes whose content is left over from before, for those who fill all of them at once: zeroing a
 * large frame first takes as long as reading it.
 */
export function uninitializedBytes(length: number): Uint8Array<ArrayBuffer> {
  if (!hasNode()) return new Uint8Array(length);
  const { buffer } = Buffer.allocUnsafeSlow(length);
  return new Uint8Array(buffer as ArrayBuffer, 0, length);
}
