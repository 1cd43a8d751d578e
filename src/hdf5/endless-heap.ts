const signature = [0x47, 0x43, 0x4f, 0x4c];
const headBytes = 16;
const objectBytes = 16;

/**
 * Whether bytes are a global heap, where HDF5 keeps texts, on which its library would never end: it
 * steps from object to object by their sizes, and a damaged size may be a step of none.
 *
 * @see https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html III.E
 */
export function isEndlessHeap(bytes: Uint8Array): boolean {
  if (bytes.length < headBytes || signature.some((byte, i) => bytes[i] !== byte)) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = headBytes; at + objectBytes <= bytes.length; ) {
    const index = view.getUint16(at, true);
    // The library's sizes have 32 bits in WebAssembly: what is above is lost.
    const size = view.getUint32(at + 8, true);
    const step = index > 0 ? (objectBytes + ((size + 7) & ~7)) >>> 0 : size;
    if (step === 0) return true;
    at += step;
  }
  return false;
}
