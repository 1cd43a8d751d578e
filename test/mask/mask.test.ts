import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { Image } from "../../src/array.js";
import { detector } from "../../src/detector/detector-factory.js";
import { AzimuthalIntegrator } from "../../src/integrate/azimuthal-integrator.js";
import { maskBeamStop } from "../../src/mask/beam-stop.js";
import { maskCosmicRays } from "../../src/mask/cosmic-rays.js";
import { maskDead, maskHot } from "../../src/mask/defects.js";
import { maskGaps } from "../../src/mask/gaps.js";
import { MaskHistory } from "../../src/mask/history.js";
import {
  combineMasks,
  emptyMask,
  invertMask,
  type Mask,
  maskedFraction,
  unmask,
} from "../../src/mask/mask.js";
import { growMask, shrinkMask } from "../../src/mask/morphology.js";
import { maskSaturated } from "../../src/mask/saturated.js";
import { drawMask, type MaskShape } from "../../src/mask/shapes.js";
import { maskSigmaClip } from "../../src/mask/sigma-clip.js";
import { maskAbove, maskBelow, maskBetween, maskNotFinite } from "../../src/mask/threshold.js";
import { simulatePowder } from "../../src/simulate/powder.js";

/** Rows of a mask as text, `#` = masked. */
function drawn({ data, shape }: Mask): string[] {
  return Array.from({ length: shape[0] }, (_, row) =>
    Array.from(data.subarray(row * shape[1], (row + 1) * shape[1]), (v) => (v ? "#" : ".")).join(
      "",
    ),
  );
}

const masks = fc
  .array(fc.integer({ min: 0, max: 1 }), { minLength: 48, maxLength: 48 })
  .map((values): Mask => ({ data: Uint8Array.from(values), shape: [6, 8] }));

test("thresholds", () => {
  const image: Image = { data: Float32Array.of(1, 2, 3, Number.NaN, Infinity, -1), shape: [2, 3] };
  expect(drawn(maskBelow(image, 2))).toEqual(["#..", "..#"]);
  expect(drawn(maskAbove(image, 2))).toEqual(["..#", ".#."]);
  expect(drawn(maskBetween(image, 2, 3))).toEqual([".##", "..."]);
  expect(drawn(maskNotFinite(image))).toEqual(["...", "##."]);
  expect(() => maskBelow(image, Number.NaN)).toThrow(/below: give a number/);
});

describe("shapes", () => {
  const cases: [MaskShape, string[]][] = [
    [
      { kind: "rectangle", from: [1, 0], to: [-3, 1] },
      ["##...", "##...", ".....", ".....", "....."],
    ],
    [
      { kind: "circle", center: [2, 2], radius: 1.5 },
      [".....", ".###.", ".###.", ".###.", "....."],
    ],
    [
      { kind: "ellipse", center: [2, 2], radii: [2, 1], angle: 90 },
      ["..#..", "..#..", ".###.", "..#..", "..#.."],
    ],
    [
      {
        kind: "polygon",
        points: [
          [-0.5, -0.5],
          [3.6, -0.5],
          [-0.5, 3.6],
        ],
      },
      ["####.", "###..", "##...", "#....", "....."],
    ],
    [
      { kind: "arc", center: [0, 0], radii: [1.5, 3.2], angles: [-10, 45] },
      ["..##.", "..##.", "..#..", ".....", "....."],
    ],
    [
      {
        kind: "pencil",
        points: [
          [0, 4],
          [4, 4],
        ],
        width: 1,
      },
      [".....", ".....", ".....", ".....", "#####"],
    ],
  ];
  it.each(cases)("%o", (shape, expected) => {
    expect(drawn(drawMask([5, 5], shape))).toEqual(expected);
  });

  it("that are none are refused", () => {
    expect(() => drawMask([5, 5], { kind: "circle", center: [0, Number.NaN], radius: 1 })).toThrow(
      /circle: its numbers must be finite/,
    );
    expect(() => drawMask([5, 5], { kind: "polygon", points: [[0, 0]] })).toThrow(/3 points/);
  });
});

test("growing and shrinking", () => {
  const dot = drawMask([5, 5], { kind: "circle", center: [0, 2], radius: 0 });
  expect(drawn(growMask(dot))).toEqual([".....", "##...", "##...", "##...", "....."]);
  const middle = drawMask([9, 9], { kind: "circle", center: [4, 4], radius: 0 });
  expect(drawn(shrinkMask(growMask(middle, 2), 2))).toEqual(drawn(middle));
  expect(() => growMask(dot, 0.5)).toThrow(/steps/);
});

test("masks combine as sets do", () => {
  fc.assert(
    fc.property(masks, masks, (a, b) => {
      expect(combineMasks(a, b).data).toEqual(a.data.map((v, i) => v | b.data[i]!));
      expect(unmask(a, b).data).toEqual(a.data.map((v, i) => v & ~b.data[i]! & 1));
      expect(invertMask(invertMask(a)).data).toEqual(a.data);
      expect(maskedFraction(a) + maskedFraction(invertMask(a))).toBeCloseTo(1, 12);
    }),
    { seed: 1, numRuns: 50 },
  );
  expect(() => combineMasks(emptyMask([2, 2]), emptyMask([2, 3]))).toThrow(/one detector/);
});

test("what is done can be undone and done again", () => {
  fc.assert(
    fc.property(masks, fc.array(masks, { minLength: 1, maxLength: 8 }), (start, states) => {
      const history = new MaskHistory(start);
      const kept = [history.mask.data];
      for (const state of states) {
        history.apply(state);
        if (history.mask.data.join() !== kept.at(-1)!.join()) kept.push(history.mask.data);
      }
      for (let i = kept.length - 2; i >= 0; i--) {
        history.undo();
        expect(history.mask.data).toEqual(kept[i]);
      }
      expect(history.canUndo).toBe(false);
      for (let i = 1; i < kept.length; i++) {
        history.redo();
        expect(history.mask.data).toEqual(kept[i]);
      }
      expect(history.canRedo).toBe(false);
    }),
    { seed: 2, numRuns: 50 },
  );
});

const shape = [300, 320] as const;
const plain = {
  dist: 0.1,
  poni1: 0.0151,
  poni2: 0.0161,
  wavelength: 4e-11,
  detector: detector({ pixel1: 1e-4, shape }),
  phases: [{ lattice: "CeO2", counts: 900, fwhm: 0.2 }],
  background: { flat: 60 },
} as const;

test("hot, dead and saturated pixels, and no ring", () => {
  const image = simulatePowder({ ...plain, dtype: "uint16" });
  const at = (row: number, column: number): number => row * shape[1] + column;
  image.data[at(50, 60)] = 9000;
  image.data[at(70, 90)] = 65535;
  image.data[at(100, 33)] = 0;
  for (let row = 0; row < shape[0]; row++) image.data[at(row, 200)] = 0;
  const hot = maskHot(image);
  expect([hot.data[at(50, 60)], hot.data[at(70, 90)]]).toEqual([1, 1]);
  expect(maskedFraction(hot)).toBeLessThan(5e-5);
  const dead = maskDead(image);
  expect(dead.data[at(100, 33)]).toBe(1);
  expect(maskedFraction(dead)).toBeLessThan(1 / shape[1] + 1e-4);
  expect(maskSaturated(image).data.reduce((sum, v) => sum + v, 0)).toBe(1);
  expect(drawn(maskGaps(image))[0]!.indexOf("#")).toBe(200);
  expect(() => maskSaturated({ data: new Float32Array(4), shape: [2, 2] })).toThrow(/give a limit/);
});

test("gaps that are marked by negative numbers", () => {
  const data = Int32Array.of(5, -1, 3, 2, -2, 7);
  expect(drawn(maskGaps({ data, shape: [2, 3] }))).toEqual([".#.", ".#."]);
});

test("the beam stop with its arm", () => {
  const beamStop = { radius: 0.0012, arm: { direction: 90, width: 0.0008 } };
  const image = simulatePowder({ ...plain, beamStop, noise: true });
  const mask = maskBeamStop(image, [160.5, 150.5]);
  const expected = simulatePowder({ ...plain, beamStop, noise: false, phases: [] }).data;
  let wrong = 0;
  for (let i = 0; i < expected.length; i++)
    if ((expected[i] === 0) !== (mask.data[i] === 1)) wrong++;
  const dark = expected.filter((value) => value === 0).length;
  expect(dark).toBeGreaterThan(1000);
  expect(wrong).toBeLessThan(0.25 * dark);
  expect(maskedFraction(maskBeamStop(simulatePowder(plain), [160.5, 150.5]))).toBe(0);
});

test("spots on rings by clipping around the beam", () => {
  const spots = [40, 130, 250].map((direction) => ({
    direction,
    twoTheta: 6,
    counts: 6000,
    width: 0.3,
  }));
  const image = simulatePowder({ ...plain, spots });
  const { dist, poni1, poni2, wavelength, detector } = plain;
  const ai = new AzimuthalIntegrator({ dist, poni1, poni2, wavelength, detector });
  const mask = maskSigmaClip(image, ai.centerArray("2th_deg").data);
  const clean = simulatePowder(plain);
  let [hit, false_] = [0, 0];
  for (let i = 0; i < mask.data.length; i++) {
    const isSpot = image.data[i]! > clean.data[i]! + 500;
    if (isSpot && mask.data[i] === 1) hit++;
    if (image.data[i] === clean.data[i] && mask.data[i] === 1) false_++;
  }
  expect(hit).toBeGreaterThan(20);
  expect(false_ / mask.data.length).toBeLessThan(1e-3);
});

test("hits of cosmic rays, and not the rings", () => {
  const image = simulatePowder({ ...plain, phases: [{ ...plain.phases[0], fwhm: 0.25 }] });
  const places = [40, 41, 42, 360, 361, 680].map((i) => 20000 + i);
  for (const i of places) image.data[i]! += 3000;
  const mask = maskCosmicRays(image);
  expect(places.filter((i) => mask.data[i] === 1).length).toBe(places.length);
  expect(maskedFraction(mask)).toBeLessThan(2e-3);
});
