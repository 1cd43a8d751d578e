import { expect, it } from "vitest";
import { metadataChecksum } from "../../src/hdf5/checksum.js";
import { settleSuperblock } from "../../src/hdf5/growing-superblock.js";

/** Of a file that h5py 3.16 writes in SWMR mode, as it lay on the disk then. */
const SWMR = `
  89 48 44 46 0d 0a 1a 0a 03 08 08 05 00 00 00 00 00 00 00 00 ff ff ff ff
  ff ff ff ff c5 02 00 00 00 00 00 00 30 00 00 00 00 00 00 00 11 09 14 af`;

const bytes = (): Uint8Array =>
  Uint8Array.from(SWMR.trim().split(/\s+/), (byte) => Number.parseInt(byte, 16));

it("HDF5's checksum is that of Bob Jenkins", () => {
  const of = (text: string): number => metadataChecksum(new TextEncoder().encode(text));
  // Its author's own examples.
  expect(of("")).toBe(0xdeadbeef);
  expect(of("Four score and seven years ago")).toBe(0x17770551);
  expect(metadataChecksum(bytes().subarray(0, 44))).toBe(0xaf140911);
});

it("a file that is being written becomes one that ends where it does", () => {
  const block = bytes();
  settleSuperblock(block, 14757);
  const view = new DataView(block.buffer);
  expect([block[11], view.getBigUint64(28, true)]).toEqual([0, 14757n]);
  expect(view.getUint32(44, true)).toBe(metadataChecksum(block.subarray(0, 44)));
});

it("what is damaged, cut off or something else stays as it is", () => {
  for (const at of [0, 8, 20, 46]) {
    const block = bytes();
    block[at]! ^= 1;
    const before = block.slice();
    settleSuperblock(block, 14757);
    expect(block).toEqual(before);
  }
  const short = bytes().subarray(0, 47);
  settleSuperblock(short, 14757);
  expect(short).toEqual(bytes().subarray(0, 47));
});
