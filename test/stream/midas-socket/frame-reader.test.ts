import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TypedArray } from "../../../src/array.js";
import { encodeFrame } from "../../../src/stream/midas-socket/encode-frame.js";
import {
  FrameReader,
  OutOfStep,
  type WireFrame,
} from "../../../src/stream/midas-socket/frame-reader.js";
import { frameBytes, header, hybridBytes, joined } from "../stream-support.js";

/** What a reader makes of bytes that come in pieces of these sizes, in turn. */
function read(
  reader: FrameReader,
  bytes: Uint8Array,
  pieces: readonly number[] = [7],
): WireFrame[] {
  const frames: WireFrame[] = [];
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const most = Math.min(pieces[i % pieces.length]!, bytes.length - at);
    const target = reader.target;
    const count = Math.min(most, target.length);
    target.set(bytes.subarray(at, at + count));
    at += count;
    const frame = reader.filled(count);
    if (frame !== undefined) frames.push(frame);
  }
  return frames;
}

const PIXELS = 6;
const whole = (min: number, max: number) =>
  fc.array(fc.integer({ min, max }), { minLength: PIXELS, maxLength: PIXELS });
const floats = (single: boolean) =>
  fc.array(single ? fc.float() : fc.double(), { minLength: PIXELS, maxLength: PIXELS });

const images: fc.Arbitrary<TypedArray> = fc.oneof(
  whole(0, 255).map((all) => Uint8Array.from(all)),
  whole(-128, 127).map((all) => Int8Array.from(all)),
  whole(0, 65535).map((all) => Uint16Array.from(all)),
  whole(-32768, 32767).map((all) => Int16Array.from(all)),
  whole(0, 0xffff_ffff).map((all) => Uint32Array.from(all)),
  whole(-(2 ** 31), 2 ** 31 - 1).map((all) => Int32Array.from(all)),
  whole(0, 70000).map((all) => Uint32Array.from(all)),
  floats(true).map((all) => Float32Array.from(all)),
  floats(false).map((all) => Float64Array.from(all)),
);

describe("what was encoded", () => {
  it.each([
    ["plain", { compress: false, signed: false }],
    ["compressed", { compress: true, signed: false }],
    ["for a receiver of signed integers", { compress: false, signed: true }],
    ["compressed, for a receiver of signed integers", { compress: true, signed: true }],
  ])("comes back, every value of every type: %s", (_, encoding) => {
    const pieces = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });
    const series = fc.array(images, { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(series, pieces, fc.integer({ min: 0, max: 200_000 }), (sent, sizes, first) => {
        const bytes = joined(sent.flatMap((data, i) => encodeFrame(data, first + i, encoding)));
        const frames = read(new FrameReader(PIXELS, encoding.signed), bytes, sizes);
        expect(frames.map(({ problem }) => problem)).toEqual(sent.map(() => undefined));
        // NaN is itself, and -0 too.
        expect(frames.map(({ data }) => [...data!])).toEqual(sent.map((data) => [...data]));
        expect(frames.map(({ number }) => number)).toEqual(
          sent.map((__, i) => (first + i) & 65535),
        );
        expect(frames.reduce((all, frame) => all + frame.bytes, 0)).toBe(bytes.length);
      }),
      { seed: 60439, numRuns: 300 },
    );
  });

  it("takes the shorter way, and the plain one where it is as good", () => {
    const codeOf = (data: TypedArray, compress: boolean): number =>
      encodeFrame(data, 1, { compress, signed: false })[0]![2]!;
    const flat = new Uint32Array(100);
    expect([codeOf(flat, false), codeOf(flat, true)]).toEqual([2, 6]);
    expect(codeOf(flat.fill(70000), true)).toBe(2);
    expect(codeOf(new Uint16Array(100), true)).toBe(1);
    expect(codeOf(new Int16Array(100), false)).toBe(1);
    expect(codeOf(new Int16Array(100).fill(-1, 0, 2), false)).toBe(6);
    expect(codeOf(new Int32Array(100).fill(-1), false)).toBe(3);
    expect(codeOf(new Float64Array(100), true)).toBe(5);
  });
});

describe("types", () => {
  it("are read as signed where they are said to be", () => {
    const sent = [Int8Array.of(-1, 2), Int16Array.of(-1, 2), Int32Array.of(-1, 2)];
    const bytes = joined(sent.map((data, code) => frameBytes(code, code, data)));
    expect(read(new FrameReader(2, true), bytes).map(({ data }) => data)).toEqual(sent);
    expect(read(new FrameReader(2, false), bytes).map(({ data }) => [...data!])).toEqual([
      [255, 2],
      [65535, 2],
      [4294967295, 2],
    ]);
  });

  it("hybrid frames are in the smallest type that holds their values", () => {
    const base = Uint16Array.of(1, 2, 3);
    const types: [bigint, string][] = [
      [9n, "Uint16Array"],
      [70000n, "Uint32Array"],
      [-1n, "Int32Array"],
      [5_000_000_000n, "Float64Array"],
    ];
    for (const [value, type] of types) {
      const [frame] = read(new FrameReader(3, false), hybridBytes(1, base, [[1, value]]));
      expect(frame!.data!.constructor.name).toBe(type);
      expect([...frame!.data!]).toEqual([1, Number(value), 3]);
    }
    const [plain] = read(new FrameReader(3, false), hybridBytes(1, base, []));
    expect(plain!.data).toEqual(base);
  });
});

describe("what is wrong with one frame", () => {
  it.each([
    ["a patch outside the image", hybridBytes(1, new Uint16Array(2), [[2, 1n]]), "pixel 2"],
    ["a patch before it", hybridBytes(1, new Uint16Array(2), [[-1, 1n]]), "pixel -1"],
    [
      "a patch no float64 holds",
      hybridBytes(1, new Uint16Array(2), [[0, 2n ** 60n + 1n]]),
      "float64",
    ],
    [
      "an int64 no float64 holds",
      frameBytes(1, 3, BigInt64Array.of(1n, 2n ** 60n + 1n)),
      "value 1",
    ],
  ])("is said, and the next is read: %s", (_, bytes, problem) => {
    const good = frameBytes(2, 1, Uint16Array.of(5, 6));
    const [bad, next] = read(new FrameReader(2, false), joined([bytes, good]));
    expect(bad).toMatchObject({ number: 1, data: undefined });
    expect(bad!.problem).toContain(problem);
    expect(next!.data).toEqual(Uint16Array.of(5, 6));
  });
});

describe("what cannot be a frame", () => {
  it("is told with what is most often the reason", () => {
    const reader = new FrameReader(4, false);
    expect(() => read(reader, header(1, 7))).toThrow(OutOfStep);
    expect(() => read(new FrameReader(4, false), header(1, 513))).toThrow("not of 4 pixels");
    const many = joined([header(1, 6), new Uint8Array(Uint32Array.of(5).buffer)]);
    expect(() => read(new FrameReader(4, false), many)).toThrow("announces 5 values");
  });

  it("never makes more memory than a frame's, whatever the bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 4, maxLength: 400 }), (bytes) => {
        const reader = new FrameReader(4, false);
        let most = 0;
        try {
          for (let at = 0; at < bytes.length; at++) {
            most = Math.max(most, reader.target.length);
            reader.target[0] = bytes[at]!;
            reader.filled(1);
          }
        } catch (error) {
          expect(error).toBeInstanceOf(OutOfStep);
        }
        expect(most).toBeLessThanOrEqual(4 * 12);
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});
