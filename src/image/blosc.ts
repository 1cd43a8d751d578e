/**
 * Unpacks a Blosc chunk.
 *
 * @param expected its size when unpacked
 * @throws Error where it is none of that size.
 */
export async function unpackBlosc(packed: Uint8Array, expected: number): Promise<Uint8Array> {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.length);
  // Both sizes stand in the header; the decoder would take memory for whatever they say.
  const sizes = packed.length < 16 ? [] : [view.getUint32(4, true), view.getUint32(12, true)];
  if (sizes[0] !== expected || sizes[1] !== packed.length) {
    throw new Error("its sizes are not those of a chunk");
  }
  const { default: Blosc } = await import("numcodecs/blosc");
  return Blosc.fromConfig({ id: "blosc" }).decode(packed);
}
