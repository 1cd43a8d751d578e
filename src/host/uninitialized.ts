import { hasNode } from "./node.js";

/**
 * Bytes whose content is left over from before, for those who fill all of them at once: zeroing a
 * large frame first takes as long as reading it.
 */
export function uninitializedBytes(length: number): Uint8Array<ArrayBuffer> {
  const index = spare.findIndex(({ byteLength }) => byteLength === length);
  if (index >= 0) return new Uint8Array(spare.splice(index, 1)[0]!);
  if (!hasNode()) return new Uint8Array(length);
  const { buffer } = Buffer.allocUnsafeSlow(length);
  return new Uint8Array(buffer as ArrayBuffer, 0, length);
}

/**
 * The same in memory that threads share, for whoever gives it back by `recycle`: nobody clears up after
 * it, as after memory that goes from thread to thread, which takes as long as decoding the frame.
 */
export function sharedBytes(length: number): Uint8Array<SharedArrayBuffer> {
  const index = spareShared.findIndex(({ byteLength }) => byteLength === length);
  const buffer = index < 0 ? new SharedArrayBuffer(length) : spareShared.splice(index, 1)[0]!;
  return new Uint8Array(buffer);
}

/** Memory that was given back; a few frames of a series are in flight at a time. */
const spare: ArrayBuffer[] = [];
const spareShared: SharedArrayBuffer[] = [];
const mostSpare = 4;
/** Smaller memory costs nothing to get. */
const fewBytes = 2 ** 20;

/**
 * Gives the memory of a frame back, for a later one: getting fresh memory from the system costs more
 * than decoding a frame into it. From then on the array is empty, so that whoever still uses it
 * notices, or, where threads share it, holds the later frame.
 */
export function recycle({ buffer, byteLength }: ArrayBufferView): void {
  if (typeof SharedArrayBuffer !== "undefined" && buffer instanceof SharedArrayBuffer) {
    spareShared.push(buffer);
    if (spareShared.length > mostSpare) spareShared.shift();
    return;
  }
  const isWhole = buffer instanceof ArrayBuffer && buffer.byteLength === byteLength;
  if (!isWhole || byteLength < fewBytes) return;
  spare.push(structuredClone(buffer, { transfer: [buffer] }));
  if (spare.length > mostSpare) spare.shift();
}
