import { copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type MidasParameters, midasParameters } from "../../../src/config/midas/parameters.js";
import { FileAccessError, FileFormatError, OptionError } from "../../../src/errors.js";
import { midasProjection, PROJECTED } from "../../../src/geometry/midas-projection.js";
import { resolveRhoD } from "../../../src/geometry/midas-rhod.js";
import { midasBins } from "../../../src/integrate/midas/bins.js";
import { buildMidasMap } from "../../../src/integrate/midas/build-map.js";
import type { MidasMap } from "../../../src/integrate/midas/map.js";
import {
  decodeBins,
  decodeHeader,
  decodeMaskedBins,
  decodeRecords,
  encodeBins,
  encodeMap,
  encodeMaskedBins,
} from "../../../src/integrate/midas/map-file.js";
import { readMidasMap, writeMidasMap } from "../../../src/integrate/midas/map-folder.js";
import { midasPlan } from "../../../src/integrate/midas/midas-plan.js";
import { farthest, midasCase, midasCases, withNotices } from "../../support/midas-cases.js";
import { temporaryFolder } from "../../support/temporary-folder.js";

describe.each(midasCases)("midas-integrate's map, $name", ({ parameters, folder, expected }) => {
  it("has the same pixels in each bin, and their areas and weights", async () => {
    const [found] = await withNotices(() => buildMidasMap(parameters));
    const [theirs, notices] = await withNotices(() => readMidasMap(folder, parameters));
    expect(notices).toEqual([]);
    expect(found.counts).toEqual(theirs.counts);
    expect(found.offsets).toEqual(theirs.offsets);
    expect(found.y).toEqual(theirs.y);
    expect(found.z).toEqual(theirs.z);
    expect(farthest(found.frac, theirs.frac)).toBeLessThan(1e-12);
    // Kept in float32: in the last bit where a rounding falls the other way.
    expect(farthest(found.areaWeight, theirs.areaWeight)).toBeLessThan(1e-7);
    expect(farthest(found.deltaR, theirs.deltaR)).toBeLessThan(1e-6);
    if (found.maskedBins !== undefined) {
      expect([...found.maskedBins]).toEqual([...expected("maskedBins")]);
    }
  });

  it("comes out byte for byte of its own", async () => {
    const out = await temporaryFolder();
    const theirs = await readMidasMap(folder, parameters);
    await withNotices(() => writeMidasMap(out, theirs, parameters));
    for (const name of ["Map.bin", "nMap.bin"]) {
      expect(readFileSync(join(out, name)).equals(readFileSync(join(folder, name)))).toBe(true);
    }
  });
});

const shapes = fc.record({
  NrPixelsY: fc.integer({ min: 2, max: 16 }),
  NrPixelsZ: fc.integer({ min: 2, max: 16 }),
  BC: fc.tuple(
    fc.double({ min: -8, max: 24, noNaN: true }),
    fc.double({ min: -8, max: 24, noNaN: true }),
  ),
  tx: fc.double({ min: -180, max: 180, noNaN: true }),
  ty: fc.double({ min: -20, max: 20, noNaN: true }),
  tz: fc.double({ min: -20, max: 20, noNaN: true }),
  p0: fc.double({ min: -0.02, max: 0.02, noNaN: true }),
  p6: fc.double({ min: -180, max: 180, noNaN: true }),
  p2: fc.double({ min: -0.02, max: 0.02, noNaN: true }),
  RBinSize: fc.double({ min: 0.2, max: 9, noNaN: true }),
  EtaMin: fc.double({ min: -400, max: 200, noNaN: true }),
  sectors: fc.constantFrom(1, 2, 3, 7, 36),
});

/** Parameters whose bins hold every pixel, once. */
const anyParameters = shapes
  .map(({ sectors, EtaMin, ...shape }) => ({
    sectors,
    parameters: midasParameters({
      ...shape,
      px: 200,
      Lsd: 2e4,
      RhoD: 5000,
      RMin: 0,
      RMax: 60,
      EtaMin,
      EtaMax: EtaMin + 360,
      EtaBinSize: 360 / sectors,
    }),
  }))
  // A rounding may make one bin more than a turn has.
  .filter(({ parameters, sectors }) => midasBins(parameters).azimuthal === sectors)
  .map(({ parameters }) => parameters);

describe("any map", () => {
  it("gives each pixel away whole", async () => {
    await fc.assert(
      fc.asyncProperty(anyParameters, async (parameters) => {
        const { NrPixelsY, NrPixelsZ } = parameters;
        const [map] = await withNotices(() => buildMidasMap(parameters));
        const areas = new Float64Array(NrPixelsY * NrPixelsZ);
        map.y.forEach((y, i) => {
          areas[map.z[i]! * NrPixelsY + y]! += map.frac[i]!;
        });
        expect(farthest(areas, quadAreas(parameters))).toBeLessThan(1e-7);
      }),
      { seed: 11, numRuns: 120 },
    );
  });

  it("makes ones of ones, and its area is that of the pixels", async () => {
    await fc.assert(
      fc.asyncProperty(
        anyParameters,
        fc.constantFrom("floor", "bilinear", "gradient"),
        async (parameters, mode) => {
          const { NrPixelsY, NrPixelsZ } = parameters;
          const method = { engine: "js" } as const;
          const [plan] = await withNotices(() => midasPlan(parameters, { mode, method }));
          const data = new Uint8Array(NrPixelsY * NrPixelsZ).fill(1);
          const found = await plan.integrate({ data, shape: [NrPixelsZ, NrPixelsY] });
          found.intensity.forEach((value, bin) => {
            // The areas of slivers have few digits left.
            expect(value).toBeCloseTo(found.count[bin]! > 1e-6 ? 1 : value, 6);
          });
          const sum = (values: Float64Array) => values.reduce((all, value) => all + value, 0);
          const whole = sum(quadAreas(parameters));
          expect(Math.abs(sum(found.count) / whole - 1)).toBeLessThan(1e-6);
        },
      ),
      { seed: 12, numRuns: 60 },
    );
  });

  it("is the same when it was written and read", () => {
    const float = fc.float({ noNaN: true, noDefaultInfinity: true });
    const positive = fc.float({ min: 0, noNaN: true, noDefaultInfinity: true });
    const record = fc.tuple(
      float,
      float,
      fc.double({ min: 0, max: 1e9, noNaN: true }),
      float,
      positive,
    );
    fc.assert(
      fc.property(
        fc.array(record, { maxLength: 40 }),
        fc.integer({ min: 1, max: 9 }),
        (rows, bins) => {
          const column = (i: number) => rows.map((row) => row[i]! + 0);
          const map = {
            y: Float32Array.from(column(0)),
            z: Float32Array.from(column(1)),
            frac: Float64Array.from(column(2)),
            deltaR: Float32Array.from(column(3)),
            areaWeight: Float32Array.from(column(4)),
            counts: new Int32Array(bins).fill(rows.length),
            offsets: new Int32Array(bins),
            maskedBins: Uint8Array.from({ length: bins }, (_, bin) => bin % 2),
          };
          const hash = Uint8Array.from({ length: 32 }, (_, i) => 7 * i);
          const header = { hash, isQ: bins > 4, isGradient: bins > 6, wavelength: bins / 8 };
          const bytes = Buffer.concat(encodeMap(map, header));
          expect(decodeHeader(bytes, "Map.bin")).toEqual(header);
          const masked = Buffer.concat(encodeMaskedBins(map.maskedBins, header));
          expect({
            ...decodeRecords(bytes, "Map.bin"),
            ...decodeBins(Buffer.concat(encodeBins(map, header)), "nMap.bin", rows.length),
            maskedBins: decodeMaskedBins(masked, "maskMap.bin", bins),
          }).toEqual(map);
        },
      ),
      { seed: 13, numRuns: 100 },
    );
  });
});

/** The areas of the pixels in the plane of R and η, by their corners. */
function quadAreas(parameters: MidasParameters): Float64Array {
  const { NrPixelsY, NrPixelsZ } = parameters;
  const { project } = midasProjection({ ...parameters, RhoD: resolveRhoD(parameters).RhoD });
  const corners = [
    [-0.5, -0.5],
    [0.5, -0.5],
    [0.5, 0.5],
    [-0.5, 0.5],
  ] as const;
  return Float64Array.from({ length: NrPixelsY * NrPixelsZ }, (_, pixel) => {
    const points = corners.map(([dy, dz]) => {
      const out = new Float64Array(PROJECTED);
      project((pixel % NrPixelsY) + dy, Math.floor(pixel / NrPixelsY) + dz, 0, 0, out, 0);
      return out;
    });
    const twice = points.reduce((sum, [y, z], i) => {
      const [nextY, nextZ] = points[(i + 1) % 4]!;
      return sum + y! * nextZ! - z! * nextY!;
    }, 0);
    return Math.abs(twice) / 2;
  });
}

describe("bins", () => {
  const base = { NrPixelsY: 9, NrPixelsZ: 9, px: 200, Lsd: 2e4, BC: [4, 4] as const };
  it.each([
    [{}, /RBinSize: RMin 0, RMax 0 and RBinSize 0 make no bins/],
    [{ RMax: 5, RBinSize: -1 }, /RBinSize -1 make no bins/],
    [{ RMax: 5, RBinSize: 1, EtaBinSize: 0 }, /EtaBinSize 0 make no bins/],
    [{ RMax: 5, RBinSize: 1e-300 }, /e\+300 bins, and \d+ are the most/],
    [{ QBinSize: 0.1, QMin: 1, QMax: 2 }, /QBinSize: bins in Q need QMin, QMax and Wavelength/],
    [
      { QBinSize: 0.1, QMin: 1, QMax: 2, Wavelength: 0.2, TthBinSize: 1, TthMax: 3 },
      /in Q and in 2θ; leave out one/,
    ],
    [{ TthMin: 0, TthMax: 95, TthBinSize: 1 }, /reach 2θ = 90°/],
    [{ QMin: 1, QMax: 99, QBinSize: 1, Wavelength: 0.2 }, /QMax: bins reach 2θ = 90°/],
    [{ RMax: 1e4, RBinSize: 1, EtaBinSize: 1e-3 }, /are more than/],
  ])("refuses %j", (values, message) => {
    expect(() => midasBins(midasParameters({ ...base, ...values }))).toThrow(message);
    expect(() => midasBins(midasParameters({ ...base, ...values }))).toThrow(OptionError);
  });
});

describe("writeMidasMap", () => {
  it("has maskMap.bin only with a mask", async () => {
    const folder = await temporaryFolder();
    const { parameters, expected } = midasCase("masked");
    const map = await buildMidasMap(parameters);
    const written = await writeMidasMap(folder, map, parameters);
    expect(written.map((path) => path.slice(folder.length + 1))).toEqual([
      "Map.bin",
      "nMap.bin",
      "maskMap.bin",
    ]);
    expect(await readMidasMap(folder, parameters)).toEqual(map);
    expect([...map.maskedBins!]).toEqual([...expected("maskedBins")]);
    await writeMidasMap(folder, { ...map, maskedBins: undefined }, parameters);
    expect((await readMidasMap(folder, parameters)).maskedBins).toBeUndefined();
  });
});

describe("readMidasMap", () => {
  const { parameters, folder } = midasCase("tilted");

  /** What reading says when one of the files was changed. */
  async function readChanged(name: string, change: (bytes: Buffer) => Buffer): Promise<MidasMap> {
    const copy = await temporaryFolder();
    for (const file of ["Map.bin", "nMap.bin"]) copyFileSync(join(folder, file), join(copy, file));
    const path = join(copy, name);
    writeFileSync(path, change(readFileSync(join(folder, name))));
    return readMidasMap(copy, parameters);
  }
  const write = (place: number, what: (view: DataView, at: number) => void) => (bytes: Buffer) => {
    what(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), place);
    return bytes;
  };

  it.each<[string, string, (bytes: Buffer) => Buffer, RegExp]>([
    ["a magic", "Map.bin", write(0, (view, at) => view.setUint8(at, 78)), /does not begin as/],
    ["nothing", "Map.bin", () => Buffer.alloc(0), /does not begin as a MIDAS map of version 3/],
    [
      "a version",
      "nMap.bin",
      write(4, (view, at) => view.setUint32(at, 2, true)),
      /of version 2, and/,
    ],
    ["a cut map", "Map.bin", (bytes) => bytes.subarray(0, -7), /no whole number of records of 24/],
    ["a cut list", "nMap.bin", (bytes) => bytes.subarray(0, -3), /no whole number of bins of 8/],
    ["whole records less", "Map.bin", (bytes) => bytes.subarray(0, -24 * 9), /not of one map/],
    [
      "whole bins less",
      "nMap.bin",
      (bytes) => bytes.subarray(0, -8),
      /the parameters ask for 14 × 9/,
    ],
    [
      "a negative count",
      "nMap.bin",
      write(64, (view, at) => view.setInt32(at, -1, true)),
      /bin 0 has -1/,
    ],
    [
      "a far offset",
      "nMap.bin",
      write(68, (view, at) => view.setInt32(at, 2 ** 30, true)),
      /not of one map/,
    ],
    [
      "a weight of NaN",
      "Map.bin",
      write(72, (view, at) => view.setFloat64(at, NaN, true)),
      /frac NaN/,
    ],
    [
      "a negative area",
      "Map.bin",
      write(84, (view, at) => view.setFloat32(at, -1, true)),
      /areaWeight -1/,
    ],
    [
      "another pixel",
      "Map.bin",
      write(64, (view, at) => view.setFloat32(at, 24, true)),
      /pixel \(24, /,
    ],
    [
      "another hash",
      "nMap.bin",
      write(8, (view, at) => view.setUint32(at, 0)),
      /other parameters than Map/,
    ],
  ])("refuses %s", async (_what, name, change, message) => {
    const reading = readChanged(name, change);
    await expect(reading).rejects.toThrow(FileFormatError);
    await expect(reading).rejects.toThrow(message);
  });

  it("tells of a map of other parameters", async () => {
    const other = { ...parameters, Lsd: parameters.Lsd + 1 };
    const [, notices] = await withNotices(() => readMidasMap(folder, other));
    expect(notices).toEqual([
      expect.stringMatching(/Map\.bin: its header says .*other parameters/),
    ]);
  });

  it("names a file that is not there", async () => {
    const copy = await temporaryFolder();
    await expect(readMidasMap(copy, parameters)).rejects.toThrow(FileAccessError);
    await expect(readMidasMap(copy, parameters)).rejects.toThrow(
      /Map\.bin: this file of a MIDAS map/,
    );
  });

  it("refuses a mask's bins of another map", async () => {
    const copy = await temporaryFolder();
    const masked = midasCase("masked");
    await writeMidasMap(copy, await buildMidasMap(masked.parameters), masked.parameters);
    const bytes = readFileSync(join(copy, "maskMap.bin"));
    writeFileSync(join(copy, "maskMap.bin"), bytes.subarray(0, -4));
    await expect(readMidasMap(copy, masked.parameters)).rejects.toThrow(/maskMap\.bin: it has 125/);
    rmSync(join(copy, "maskMap.bin"));
    expect((await readMidasMap(copy, masked.parameters)).maskedBins).toBeUndefined();
  });
});
