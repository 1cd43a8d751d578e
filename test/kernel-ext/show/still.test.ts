import { inflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { metadataOf } from "../../../kernel-ext/bundle-metadata.js";
import { stillPng } from "../../../kernel-ext/show/still.js";
import { stillBundle } from "../../../kernel-ext/show/still-bundle.js";
import { CakeView, ImageView, Lineouts } from "../../../kernel-ext/widgets/index.js";
import { detector } from "../../../src/detector/detector-factory.js";
import { INK, label } from "../../../src/figure/card.js";
import { colormap } from "../../../src/figure/colormap.js";
import { AzimuthalIntegrator } from "../../../src/integrate/azimuthal-integrator.js";
import { simulatePowder } from "../../../src/simulate/index.js";

interface Still {
  width: number;
  height: number;
  software: string;
  /** The colour of a pixel as `#rrggbbaa`. */
  at(x: number, y: number): string;
}

function decoded(png: Uint8Array): Still {
  const bytes = Buffer.from(png);
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    const body = bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at));
    chunks.set(bytes.toString("latin1", at + 4, at + 8), body);
  }
  const header = chunks.get("IHDR")!;
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const lines = inflateSync(chunks.get("IDAT")!);
  const [palette, opacity] = [chunks.get("PLTE")!, chunks.get("tRNS")!];
  return {
    width,
    height,
    software: chunks.get("tEXt")!.toString("latin1"),
    at(x, y) {
      const index = lines[y * (width + 1) + 1 + x]!;
      const color = palette.toString("hex", 3 * index, 3 * index + 3);
      return `#${color}${opacity[index]!.toString(16).padStart(2, "0")}`;
    },
  };
}

const still = async (svg: string): Promise<Still> => decoded(await stillPng(svg));

/** A text drawn as figures draw theirs, as its pixels in one string. */
async function drawn(text: string, weight: number): Promise<string> {
  const words = label(text, { x: 4, y: 20, fill: INK, "font-size": 16, "font-weight": weight });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30" font-family="system-ui, sans-serif">${words}</svg>`;
  const { width, height, at } = await still(svg);
  const rows = Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => at(x, y)).join(),
  );
  return rows.join("\n");
}

const geometry = {
  dist: 0.3,
  poni1: 0.2,
  poni2: 0.2,
  wavelength: 2e-11,
  detector: detector({ pixel1: 2e-4, shape: [2048, 2048] }),
};

describe("stillPng", () => {
  it("draws a figure twice as fine, on a card with clear corners, and says what it is", async () => {
    const data = Float32Array.of(0, 1, 2, 3);
    const view = new ImageView({ data, shape: [2, 2] }, { title: "four", limits: [0, 3] });
    const { width, height, software, at } = await still(view.svg);
    expect([width, height]).toEqual([1280, 2 * Number(/height="(\d+)"/.exec(view.svg)![1])]);
    expect(software).toBe("Software\0CakeLab still");
    expect(at(0, 0).slice(-2)).toBe("00");
    expect(at(30, 10)).toBe("#ffffffff");
    const table = Buffer.from(colormap("viridis"));
    const colors = [0, 85, 170, 255].map((i) => `#${table.toString("hex", 3 * i, 3 * i + 3)}ff`);
    // The plot's area begins at 66, 40 and is 478 wide and high: each pixel is 478 points of it.
    const [left, top, side] = [132, 80, 478];
    for (const [i, color] of colors.entries()) {
      const [x, y] = [left + (i % 2) * side, top + Math.floor(i / 2) * side];
      const places = [10, side / 2, side - 10];
      const seen = places.map((place) => at(x + place, y + place));
      expect(seen).toEqual([color, color, color]);
    }
  });

  it("has a glyph for each character that axes use, in both weights", async () => {
    const characters = [..."2θχπqdrηÅ°µλσ⁻⁰¹²³⁴⁵⁶⁷⁸⁹×·±−–…→√⊥∥≈≤≥"];
    for (const weight of [400, 600]) {
      const missing = await drawn("\u{10fffd}", weight);
      const glyphs = await Promise.all(characters.map((one) => drawn(one, weight)));
      expect(characters.filter((_, i) => glyphs[i] === missing)).toEqual([]);
    }
  });

  it("draws titles in bold", async () => {
    const image = { data: new Float32Array(4), shape: [2, 2] as [number, number] };
    const { at } = await still(new ImageView(image, { title: "llllllll" }).svg);
    // Stems of the title, 15 pixels high: dark, and wider than the 2 points of the regular weight.
    const row = Array.from({ length: 100 }, (_, i) => at(32 + i, 40));
    const dark = row.filter((color) => Number.parseInt(color.slice(1, 3), 16) < 0x60).length;
    expect(dark / 8).toBeGreaterThan(2.5);
  });

  it("is small for large data, however noisy", async () => {
    const ai = new AzimuthalIntegrator(geometry);
    const image = simulatePowder({
      ...geometry,
      phases: [{ lattice: "CeO2", fwhm: 0.2 }],
      background: { flat: 9 },
    });
    const profile = await ai.integrate1d(image, 5000, { method: { split: "no", engine: "js" } });
    const map = await ai.integrate2d(image, 1000, 360, { method: { split: "no", engine: "js" } });
    for (const view of [
      new ImageView(image, { ai, cakes: { cakes: 36 }, scale: "log" }),
      new CakeView(map, { scale: "sqrt" }),
      new Lineouts(profile),
    ]) {
      expect((await stillPng(view.svg)).length).toBeLessThan(300_000);
    }
  });
});

it("a still comes with its description and the size to be shown at", async () => {
  const view = new ImageView({ data: new Float32Array(6), shape: [2, 3] }, { width: 500 });
  const bundle = await stillBundle(view.svg, view.description);
  expect(bundle["text/plain"]).toBe(view.description);
  const { width, height } = decoded(Buffer.from(bundle["image/png"], "base64"));
  expect(metadataOf(bundle)).toEqual({ "image/png": { width: 500, height: height / 2 } });
  expect(width).toBe(1000);
});
