import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeChunk } from "../../../src/hdf5/lz4/decode-chunk.js";
import { ownDecoder } from "../../../src/hdf5/lz4/decoder.js";

/** A chunk of LZ4 blocks that are stored as they are. */
function stored(content: Uint8Array, blockBytes: number): Uint8Array {
  const parts: number[] = [0, 0, 0, 0, ...bigEndian(content.length), ...bigEndian(blockBytes)];
  for (let at = 0; at < content.length; at += blockBytes) {
    const block = content.subarray(at, at + blockBytes);
    parts.push(...bigEndian(block.length), ...block);
  }
  return Uint8Array.from(parts);
}

/** A chunk of bitshuffled blocks, each an LZ4 sequence of literals, bit by bit as the format says. */
function bitshuffled(content: Uint8Array, size: 1 | 2 | 4 | 8, blockBytes: number): Uint8Array {
  const parts: number[] = [0, 0, 0, 0, ...bigEndian(content.length), ...bigEndian(blockBytes)];
  const unit = 8 * size;
  const whole = content.length - (content.length % unit);
  for (let at = 0; at < whole; at += blockBytes) {
    const block = content.subarray(at, Math.min(at + blockBytes, whole));
    const elements = block.length / size;
    const bits = new Uint8Array(block.length);
    for (let i = 0; i < elements; i++) {
      for (let bit = 0; bit < unit; bit++) {
        const value = (block[i * size + (bit >> 3)]! >> (bit & 7)) & 1;
        bits[(bit * elements) / 8 + (i >> 3)]! |= value << (i & 7);
      }
    }
    const packed = literals(bits);
    parts.push(...bigEndian(packed.length), ...packed);
  }
  parts.push(...content.subarray(whole));
  return Uint8Array.from(parts);
}

function literals(bytes: Uint8Array): number[] {
  const head = [Math.min(bytes.length, 15) << 4];
  for (let left = bytes.length - 15; left >= 0; left -= 255) head.push(Math.min(left, 255));
  return [...head, ...bytes];
}

function bigEndian(value: number): number[] {
  return [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
}

const content = fc.uint8Array({ minLength: 1, maxLength: 5000 });

describe("decodeChunk", () => {
  it("gives back what was packed", async () => {
    const decoder = await ownDecoder();
    fc.assert(
      fc.property(
        content,
        fc.constantFrom(0 as const, 1 as const, 2 as const, 4 as const, 8 as const),
        fc.integer({ min: 1, max: 40 }),
        (bytes, size, blocks) => {
          const whole =
            size === 0 ? bytes : bytes.subarray(0, bytes.length - (bytes.length % size));
          const blockBytes = size === 0 ? blocks : blocks * 8 * size;
          const packed =
            size === 0 ? stored(whole, blockBytes) : bitshuffled(whole, size, blockBytes);
          const output = new Uint8Array(whole.length);
          expect(decodeChunk(decoder, packed, output, { shuffled: size })).toBeUndefined();
          expect(output).toEqual(Uint8Array.from(whole));
        },
      ),
      { seed: 20264, numRuns: 300 },
    );
  });

  it("repeats what lies any distance before", async () => {
    const decoder = await ownDecoder();
    for (let distance = 1; distance < 40; distance++) {
      const start = Uint8Array.from({ length: distance }, (_, i) => i + 1);
      const length = 300;
      const sequence = [
        ...literals(start).map((byte, i) => (i === 0 ? byte | 15 : byte)),
        distance,
        0,
        255,
        length - 4 - 15 - 255,
        0,
      ];
      const total = distance + length;
      const packed = Uint8Array.from([
        ...[0, 0, 0, 0, ...bigEndian(total), ...bigEndian(total)],
        ...bigEndian(sequence.length),
        ...sequence,
      ]);
      const output = new Uint8Array(total);
      expect(decodeChunk(decoder, packed, output, { shuffled: 0 })).toBeUndefined();
      expect(output).toEqual(Uint8Array.from({ length: total }, (_, i) => (i % distance) + 1));
    }
  });

  it("says what is wrong with damaged data, and writes nowhere else", async () => {
    const decoder = await ownDecoder();
    fc.assert(
      fc.property(
        content,
        fc.constantFrom(0 as const, 2 as const, 4 as const),
        fc.array(fc.tuple(fc.nat(5000), fc.nat(255)), { minLength: 1, maxLength: 8 }),
        fc.option(fc.nat(5000)),
        (bytes, size, edits, cut) => {
          const packed = size === 0 ? stored(bytes, 64) : bitshuffled(bytes, size, 8 * size * 4);
          for (const [at, value] of edits) packed[at % packed.length] = value;
          const around = new Uint8Array(bytes.length + 64).fill(0xaa);
          const output = around.subarray(32, 32 + bytes.length);
          const short = packed.subarray(0, cut ?? packed.length);
          const problem = decodeChunk(decoder, short, output, { shuffled: size });
          expect(problem === undefined || problem.length > 5).toBe(true);
          expect([...around.subarray(0, 32), ...around.subarray(32 + bytes.length)]).toEqual(
            new Array(64).fill(0xaa),
          );
        },
      ),
      { seed: 20265, numRuns: 1000 },
    );
  });
});
