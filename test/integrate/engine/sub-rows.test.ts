import fc from "fast-check";
import { expect, it } from "vitest";
import { type SubRows, subRows } from "../../../src/integrate/engine/gpu/sub-rows.js";
import { type PixelBins, PixelBinsBuilder } from "../../../src/integrate/pixel-bins.js";

const PIXELS = 500;
const BINS = 13;

/** Up to four entries for each pixel, in bins side by side and apart. */
const sparse = fc.array(
  fc.uniqueArray(fc.integer({ min: 0, max: BINS - 1 }), { minLength: 0, maxLength: 4 }),
  { minLength: PIXELS, maxLength: PIXELS, size: "max" },
);

function pixelBins(binsOf: number[][]): PixelBins {
  const builder = new PixelBinsBuilder(PIXELS, BINS);
  for (const bins of binsOf) {
    for (const bin of bins.sort((a, b) => a - b)) builder.add(bin, (bin + 1) / 64);
    builder.next();
  }
  return builder.finish();
}

/** `pixel:bin` of every entry, with the weights checked against the bins' own. */
function entriesOf(parts: SubRows[], transposed: boolean, counts: Uint8Array): string[] {
  const found: string[] = [];
  for (const { from, to, rows, length, bin, pixel, weight } of parts) {
    expect(bin.length).toBe(rows);
    expect(pixel.length).toBe(rows * length);
    for (let row = 0; row < rows; row++) {
      for (let k = 0; k < length; k++) {
        const at = transposed ? row + k * rows : row * length + k;
        const read = from + pixel[at]!;
        expect(read).toBeLessThan(to);
        // Padding too reads a pixel that counts.
        expect(counts[read]).toBeGreaterThan(0);
        if (weight[at] === 0) continue;
        expect(weight[at]).toBe((bin[row]! + 1) / 64);
        found.push(`${read}:${bin[row]}`);
      }
    }
  }
  return found.sort();
}

it("sub-rows hold every entry once, whatever the limits", () => {
  fc.assert(
    fc.property(
      sparse,
      fc.integer({ min: 1, max: 2 * PIXELS }),
      fc.integer({ min: 1, max: 3000 }),
      fc.boolean(),
      (binsOf, pixels, entries, transposed) => {
        const parts = subRows(pixelBins(binsOf), PIXELS, { pixels, entries }, transposed);
        const counts = Uint8Array.from(binsOf, (bins) => bins.length);
        const expected = binsOf.flatMap((bins, pixel) => bins.map((bin) => `${pixel}:${bin}`));
        expect(entriesOf(parts, transposed, counts)).toEqual(expected.sort());
        for (const { from, to, length, pixel } of parts) {
          expect(to - from).toBeLessThanOrEqual(pixels);
          expect(pixel.length).toBeLessThanOrEqual(Math.max(entries, length));
        }
      },
    ),
    { seed: 20261120, numRuns: 40 },
  );
});
