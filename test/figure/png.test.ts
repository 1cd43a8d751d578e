import { crc32, inflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { paintImage } from "../../src/figure/paint.js";
import { encodePng } from "../../src/figure/png.js";

interface Chunk {
  type: string;
  body: Buffer;
}

function chunksOf(png: Uint8Array): Chunk[] {
  const bytes = Buffer.from(png);
  expect(bytes.subarray(0, 8).toString("latin1")).toBe("\x89PNG\r\n\x1a\n");
  const chunks: Chunk[] = [];
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const body = bytes.subarray(at + 8, at + 8 + length);
    expect(bytes.readUInt32BE(at + 8 + length)).toBe(
      crc32(bytes.subarray(at + 4, at + 8 + length)),
    );
    chunks.push({ type: bytes.toString("latin1", at + 4, at + 8), body });
    at += 12 + length;
  }
  return chunks;
}

describe("encodePng", () => {
  it("writes a palette where it can, and every pixel comes back", () => {
    const data = Float32Array.from({ length: 30 }, (_, i) => (i === 7 ? Number.NaN : i));
    const painting = paintImage({ data, shape: [5, 6] });
    const chunks = chunksOf(encodePng(painting));
    expect(chunks.map(({ type }) => type)).toEqual(["IHDR", "PLTE", "tRNS", "IDAT", "IEND"]);
    const [header, palette, opacity, pixels] = chunks.map(({ body }) => body) as Buffer[];
    expect([header!.readUInt32BE(0), header!.readUInt32BE(4), header![8], header![9]]).toEqual([
      6, 5, 8, 3,
    ]);
    const lines = inflateSync(pixels!);
    for (let pixel = 0; pixel < 30; pixel++) {
      const index = lines[Math.floor(pixel / 6) * 7 + 1 + (pixel % 6)]!;
      const color = [...palette!.subarray(3 * index, 3 * index + 3), opacity![index]];
      expect(color).toEqual([...painting.data.subarray(4 * pixel, 4 * pixel + 4)]);
    }
  });

  it("says what it is told to say", () => {
    const data = new Uint8ClampedArray(4);
    const chunks = chunksOf(encodePng({ data, shape: [1, 1] }, { Software: "caf\u00e9 1" }));
    const [text] = chunks.filter(({ type }) => type === "tEXt");
    expect(text!.body.toString("latin1")).toBe("Software\0caf\u00e9 1");
    expect(chunks[1]).toBe(text);
  });

  it("writes all four channels where there are more than 256 colours", () => {
    const data = Uint8ClampedArray.from({ length: 300 * 4 }, (_, i) =>
      i % 4 === 1 ? i / 8 : (i * 7) % 256,
    );
    const chunks = chunksOf(encodePng({ data, shape: [10, 30] }));
    expect(chunks.map(({ type }) => type)).toEqual(["IHDR", "IDAT", "IEND"]);
    const lines = inflateSync(chunks[1]!.body);
    for (let row = 0; row < 10; row++) {
      expect(lines[row * 121]).toBe(0);
      const line = lines.subarray(row * 121 + 1, (row + 1) * 121);
      expect([...line]).toEqual([...data.subarray(row * 120, (row + 1) * 120)]);
    }
  });
});
