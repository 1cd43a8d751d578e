import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  COLORMAP_NAMES,
  type ColormapName,
  colormap,
  maskedColor,
} from "../../src/figure/colormap.js";

const fixture = new URL("../fixtures/figure/colormaps.json", import.meta.url);
const { maps } = JSON.parse(readFileSync(fixture, "utf8")) as { maps: Record<string, string> };

describe("colormap", () => {
  it.each(Object.keys(maps))("%s is matplotlib's, closely", (name) => {
    const expected = Buffer.from(maps[name]!, "hex");
    const table = colormap(name as ColormapName);
    expect(table.length).toBe(expected.length);
    const worst = table.reduce(
      (most, value, i) => Math.max(most, Math.abs(value - expected[i]!)),
      0,
    );
    expect(worst).toBeLessThanOrEqual(name === "cividis" ? 6 : 2);
  });

  it("goes from dark to light, every step of it", () => {
    for (const name of COLORMAP_NAMES) {
      const table = colormap(name);
      const light = Array.from({ length: 256 }, (_, i) => luminance(table, 3 * i));
      for (let i = 8; i < 256; i += 8) expect(light[i]!).toBeGreaterThan(light[i - 8]!);
    }
  });

  it("has a colour for masked pixels that no intensity has", () => {
    for (const name of COLORMAP_NAMES) {
      const table = colormap(name);
      const masked = maskedColor(name);
      for (let i = 0; i < 256; i++) {
        const distance = Math.hypot(
          ...masked.map((value, channel) => value - table[3 * i + channel]!),
        );
        expect(distance).toBeGreaterThan(40);
      }
    }
  });

  it("names the maps when there is none of a name", () => {
    expect(() => colormap("jet" as ColormapName)).toThrow(/no colour map "jet"; there are viridis/);
    expect(() => colormap("toString" as ColormapName)).toThrow(/no colour map/);
  });
});

function luminance(table: Uint8ClampedArray, at: number): number {
  return 0.2126 * table[at]! + 0.7152 * table[at + 1]! + 0.0722 * table[at + 2]!;
}
