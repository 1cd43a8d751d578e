import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { TypedArray } from "../../src/array.js";
import type { AzimuthalIntegrator } from "../../src/integrate/azimuthal-integrator.js";
import { readFixture } from "../support/npy.js";
import { largest } from "../support/numbers.js";
import {
  hasShared,
  integrator,
  OWN,
  ownGeometries,
  SHARED,
  sharedCases,
} from "../support/reference-cases.js";

/** pyFAI's values at sampled pixels. */
interface Samples {
  row: TypedArray;
  column: TypedArray;
  /** [pixel][z, y, x] */
  zyx: TypedArray;
  centers: Record<string, TypedArray>;
  chi: TypedArray;
  /** [pixel][corner][2θ, χ] */
  corners: TypedArray;
  delta: TypedArray;
  deltaChi: TypedArray;
  solidAngle: TypedArray;
  polarization: Record<string, TypedArray>;
}

const FLOAT64 = 1e-12;
/** pyFAI keeps corners and corrections in float32: half a unit of the last place, doubled for its arithmetic. */
const FLOAT32 = 2 ** -23;

/** Largest difference of sampled values, each relative to `scale`, by default its own size. */
function worst(
  actual: (sample: number) => number,
  expected: TypedArray,
  scale: (value: number, sample: number) => number = Math.abs,
): number {
  let top = 0;
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(actual(i) - expected[i]!);
    if (difference > 0) top = Math.max(top, difference / scale(expected[i]!, i));
    if (Number.isNaN(difference)) return Number.NaN;
  }
  return top;
}

const turned = (angle: number, near: number): number =>
  angle + 2 * Math.PI * Math.round((near - angle) / (2 * Math.PI));

function check(ai: AzimuthalIntegrator, samples: Samples): void {
  const { row, column } = samples;
  const columns = ai.detector.shape![1];
  const pixel = (sample: number): number => row[sample]! * columns + column[sample]!;
  const at =
    ({ data }: { data: Float64Array }) =>
    (sample: number) =>
      data[pixel(sample)]!;
  const float32 = ai.detector.layout(ai.detector.shape!).kind === "corners";
  const size = largest(samples.zyx);

  const positions = ai.positionArray().data;
  const position = (i: number): number => positions[3 * pixel(Math.floor(i / 3)) + (i % 3)]!;
  const centers = float32 ? FLOAT32 : FLOAT64;
  expect(
    worst(position, samples.zyx, () => size),
    "positions",
  ).toBeLessThan(centers);

  for (const [unit, expected] of Object.entries(samples.centers)) {
    const scale = float32 ? () => 2 * largest(expected) : Math.abs;
    expect(worst(at(ai.centerArray(unit)), expected, scale), unit).toBeLessThan(centers);
  }
  const chi = at(ai.chiArray());
  const near = (i: number): number => turned(chi(i), samples.chi[i]!);
  // Where the detector's own positions are float32, so is the angle seen from close to the beam.
  const seen = (twoTheta: number): number => (float32 ? Math.max(Math.PI, 1 / twoTheta) : Math.PI);
  const fromCenter = (_: number, i: number): number => seen(samples.centers["2th_rad"]![i]!);
  expect(worst(near, samples.chi, fromCenter), "chi").toBeLessThan(centers);

  const corners = ai.cornerArray("2th_rad");
  const inPixel = corners.shape[2]! * 2;
  expect(samples.corners.length, "corners").toBe(row.length * inPixel);
  const corner = (i: number): number => {
    const value = corners.data[pixel(Math.floor(i / inPixel)) * inPixel + (i % inPixel)]!;
    return i % 2 === 0 ? value : turned(value, samples.corners[i]!);
  };
  const cornerScale = float32
    ? (_: number, i: number) => (i % 2 === 0 ? 1 : seen(samples.corners[i - 1]!))
    : (value: number) => Math.abs(value) + 1e-3;
  expect(worst(corner, samples.corners, cornerScale), "corners").toBeLessThan(FLOAT32);
  // A half width is a difference of corners, so theirs are the last digits that it can have.
  const wide = largest(samples.corners);
  expect(
    worst(at(ai.deltaArray("2th_rad")), samples.delta, () => wide),
    "δ2θ",
  ).toBeLessThan(FLOAT32);
  expect(worst(at(ai.deltaChi()), samples.deltaChi, fromCenter), "δχ").toBeLessThan(FLOAT32);

  // A pixel's normal is made of its corners' differences: their last digit, over the pixel's size.
  const normal = (value: number): number => value * (float32 ? size / ai.detector.pixel1 : 1);
  expect(worst(at(ai.solidAngle()), samples.solidAngle, normal), "solid angle").toBeLessThan(
    FLOAT32,
  );
  for (const [factor, expected] of Object.entries(samples.polarization)) {
    const actual = at(ai.polarization(Number(factor)));
    const scale = float32 ? () => 1 : Math.abs;
    expect(worst(actual, expected, scale), `polarization ${factor}`).toBeLessThan(FLOAT32);
  }
}

const interleaved = (arrays: TypedArray[]): Float64Array =>
  Float64Array.from(
    { length: arrays.length * arrays[0]!.length },
    (_, i) => arrays[i % arrays.length]![Math.floor(i / arrays.length)]!,
  );

describe("geometry as pyFAI's", () => {
  it.each(ownGeometries())("$name", ({ name, spec, rows }) => {
    const { data, shape } = readFixture(join(OWN, `geometry.${name}.npy`));
    const row = (label: string): TypedArray => {
      const index = rows.indexOf(label);
      expect(index, label).toBeGreaterThanOrEqual(0);
      return data.subarray(index * shape[1]!, (index + 1) * shape[1]!);
    };
    const units = rows.slice(rows.indexOf("x") + 1, rows.indexOf("chi"));
    expect(units.length).toBe(10);
    const polarized = rows.filter((label) => label.startsWith("polarization."));
    check(integrator(spec), {
      row: row("row"),
      column: row("column"),
      zyx: interleaved([row("z"), row("y"), row("x")]),
      centers: Object.fromEntries(units.map((unit) => [unit, row(unit)])),
      chi: row("chi"),
      corners: interleaved(rows.filter((label) => label.startsWith("corner")).map(row)),
      delta: row("delta.2th_rad"),
      deltaChi: row("delta.chi"),
      solidAngle: row("solidAngle"),
      polarization: Object.fromEntries(
        polarized.map((label) => [label.slice("polarization.".length), row(label)]),
      ),
    });
  });
});

describe("geometry as in the reference beside the project", () => {
  const specs = new Map(
    sharedCases().map((c) => [/(?<=^.d_)[^_]+/.exec(c.name)![0], c.geometry] as const),
  );
  // Names of cases shorten those of geometries: 1d_pilatus… is of g_pil.
  const names = hasShared ? readdirSync(join(SHARED, "geometry")) : [];
  it.skipIf(!hasShared)("has eleven geometries", () => expect(names.length).toBe(11));
  it.skipIf(!hasShared).each(names)("%s", (name) => {
    const of = (array: string): TypedArray =>
      readFixture(join(SHARED, "geometry", name, `${array}.npy`)).data;
    const label = [...specs.keys()].find((key) => `g_${key}`.startsWith(name))!;
    check(integrator(specs.get(label)!), {
      row: of("row"),
      column: of("col"),
      zyx: of("zyx"),
      centers: {
        "2th_rad": of("center_2th_rad"),
        "q_nm^-1": of("center_q_nm-1"),
        r_m: of("center_r_m"),
        "d*2_nm^-2": of("center_dstar2_nm-2"),
      },
      chi: of("center_chi_rad"),
      corners: of("corner_2th_chi"),
      delta: of("delta_2th"),
      deltaChi: of("delta_chi"),
      solidAngle: of("solidangle"),
      polarization: { 0.99: of("pol_0.99"), 0: of("pol_0"), [-0.7]: of("pol_-0.7") },
    });
  });
});
