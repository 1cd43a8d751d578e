import { metadataChecksum } from "./checksum.js";

const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
/** Of versions 2 and 3 with addresses of 8 bytes. */
const BYTES = 48;
const [VERSION, ADDRESS_BYTES, FLAGS, END, CHECKSUM] = [8, 9, 11, 28, 44];

/**
 * Makes the superblock of a file that is being written, as a read has brought it, that of a file which
 * ends where it now does and which nobody writes.
 *
 * HDF5 refuses the others unless they are read in its own SWMR way, in which it tries reads of what is
 * damaged again for hours. What SWMR promises of the file itself, that everything leads to data which
 * are already there, holds for one who opens it anew at each look, too.
 *
 * @param bytes what was read; changed where it begins with such a superblock
 * @param size of the file
 * @see https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html II.A
 */
export function settleSuperblock(bytes: Uint8Array, size: number): void {
  const isWhole = bytes.length >= BYTES && SIGNATURE.every((byte, i) => bytes[i] === byte);
  if (!isWhole || (bytes[VERSION] !== 2 && bytes[VERSION] !== 3) || bytes[ADDRESS_BYTES] !== 8)
    return;
  const view = new DataView(bytes.buffer, bytes.byteOffset, BYTES);
  // What is damaged is not to pass for whole.
  if (view.getUint32(CHECKSUM, true) !== metadataChecksum(bytes.subarray(0, CHECKSUM))) return;
  bytes[FLAGS] = 0;
  view.setBigUint64(END, BigInt(size), true);
  view.setUint32(CHECKSUM, metadataChecksum(bytes.subarray(0, CHECKSUM)), true);
}
