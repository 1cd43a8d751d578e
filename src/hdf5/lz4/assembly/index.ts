// Blocks of chunks that the filters bitshuffle (32008, with LZ4) and LZ4 (32004) packed, each after
// its size, which is big-endian. Nothing outside the given areas is read or written but for 16 bytes
// after each.
import { unshuffle } from "./bitshuffle";
import { unpack } from "./lz4";

// @ts-expect-error: decorator
@inline
function bigEndian(at: usize): u32 {
  return bswap<u32>(load<u32>(at));
}

/**
 * Decodes blocks of bitshuffled elements of `size` bytes from `[from, end)` to `bytes` bytes at
 * `target`; `scratch` holds a block of `blockBytes`. False where the data are damaged.
 */
export function decodeBitshuffle(
  from: usize,
  end: usize,
  target: usize,
  bytes: u32,
  size: u32,
  blockBytes: u32,
  scratch: usize,
): bool {
  const block = blockBytes / size;
  let at = from;
  let left = bytes / size;
  while (left >= 8) {
    const elements = left >= block ? block : left & ~7;
    if (at + 4 > end) return false;
    const packed = bigEndian(at);
    at += 4;
    if (packed > <u32>(end - at)) return false;
    const length = elements * size;
    if (!unpack(at, at + packed, scratch, scratch + length)) return false;
    unshuffle(scratch, target, elements, size);
    at += packed;
    target += length;
    left -= elements;
  }
  // Fewer than 8 elements are not shuffled.
  const rest = left * size;
  if (rest > <u32>(end - at)) return false;
  memory.copy(target, at, rest);
  return true;
}

/** Decodes LZ4 blocks; one that did not become smaller is stored as it was. */
export function decodeLz4(
  from: usize,
  end: usize,
  target: usize,
  bytes: u32,
  blockBytes: u32,
): bool {
  let at = from;
  const targetEnd = target + bytes;
  while (target < targetEnd) {
    if (at + 4 > end) return false;
    const packed = bigEndian(at);
    at += 4;
    const left = <u32>(targetEnd - target);
    const length = left < blockBytes ? left : blockBytes;
    if (packed > <u32>(end - at)) return false;
    if (packed == length) memory.copy(target, at, length);
    else if (!unpack(at, at + packed, target, target + length)) return false;
    at += packed;
    target += length;
  }
  return true;
}

/** Where memory is free. */
export function freeFrom(): usize {
  return __heap_base;
}
