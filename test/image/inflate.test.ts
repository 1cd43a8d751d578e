import { deflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { inflate, inflateInBrowser } from "../../src/image/inflate.js";

const content = Uint8Array.from({ length: 200_000 }, (_, i) => (i * i) % 251);

describe.each([
  ["in Node", inflate],
  ["in a browser", inflateInBrowser],
])("%s", (_, decode) => {
  test("gives the content, up to the limit", async () => {
    for (const length of [0, 1, 65_536, 65_537, content.length]) {
      const data = deflateSync(content.subarray(0, length));
      const decoded = await decode(data, length + 10);
      expect(Buffer.compare(decoded, content.subarray(0, length))).toBe(0);
    }
  });

  test("refuses what is longer, damaged or cut", async () => {
    for (const length of [1000, content.length]) {
      const data = deflateSync(content.subarray(0, length));
      await expect(decode(data, length - 1)).rejects.toThrow(`more than the ${length - 1} bytes`);
      await expect(decode(data.subarray(0, data.length >> 1), length)).rejects.toThrow("damaged");
      const damaged = new Uint8Array(data);
      damaged.fill(255, 2, 40);
      await expect(decode(damaged, length)).rejects.toThrow("damaged");
    }
  });
});
