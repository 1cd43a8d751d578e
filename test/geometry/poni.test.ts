import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { detector } from "../../src/detector/detector-factory.js";
import { CakelabError, FileFormatError, OptionError } from "../../src/errors.js";
import { formatPoni, type Poni, parsePoni } from "../../src/geometry/poni.js";
import { hasPython, runPython } from "../support/python.js";
import { temporaryFolder } from "../support/temporary-folder.js";

interface FileFacts {
  version: number;
  text: string;
  detector: string;
  pixel: [number, number];
  shape: [number, number] | null;
  orientation: number;
  dist: number;
  poni1: number;
  poni2: number;
  rot1: number;
  rot2: number;
  rot3: number;
  wavelength: number | null;
}
const { files } = JSON.parse(
  readFileSync(new URL("../fixtures/geometry/poni.json", import.meta.url), "utf8"),
) as { files: FileFacts[] };
const NUMBERS = ["dist", "poni1", "poni2", "rot1", "rot2", "rot3"] as const;

const VERSION_1 = `# old
PixelSize1: 0.0001
PixelSize2: 0.0002
Distance: 0.5
Poni1: 0.01
Poni2: 0.02
Rot1: 0.1
Rot2: 0
Rot3: -1e-3
SplineFile: None
Wavelength: 1.393e-11
`;
const VERSION_2 = VERSION_1.replace(
  /PixelSize1.*\nPixelSize2.*\n/,
  `poni_version: 2.1
Detector: Detector
Detector_config: {"pixel1": 1e-4, "pixel2": 2e-4, "max_shape": null, "orientation": 2}
`,
).replace("SplineFile: None\n", "");

const parse = (text: string): Poni => parsePoni(text, "some.poni");

/** A file of version 2.1 with another value of one key. */
const changed = (key: string, value: string): string =>
  VERSION_2.replace(new RegExp(`^${key}:.*$`, "m"), `${key}: ${value}`);

describe("parsePoni", () => {
  it.each(files)("reads version $version of $detector as pyFAI wrote it", (facts) => {
    const poni = parse(facts.text);
    for (const key of NUMBERS) expect(poni[key]).toBe(facts[key]);
    expect(poni.wavelength ?? null).toBe(facts.wavelength);
    const { name, pixel1, pixel2, shape, orientation } = poni.detector;
    expect(name).toBe(facts.detector);
    expect([pixel1, pixel2]).toEqual(facts.pixel);
    expect(shape ?? null).toEqual(facts.shape);
    expect(orientation).toBe(facts.orientation);
  });

  it("compares keys without case and takes the last entry of each", () => {
    const poni = parse(`${VERSION_1.toUpperCase().replaceAll("NONE", "none")}\r\nrot1 : 0.25\r\n`);
    expect(poni.rot1).toBe(0.25);
    expect(poni.detector.pixel2).toBe(2e-4);
    expect(poni.detector.shape).toBeUndefined();
    expect(parse(`\uFEFF${VERSION_2}`).detector.orientation).toBe(2);
  });

  it("reads a named detector of version 1, and its pixel sizes where the name is not known", () => {
    expect(
      parse(`Detector: Pilatus 1M\n${VERSION_1.replace(/PixelSize.*\n/g, "")}`).detector.name,
    ).toBe("Pilatus1M");
    const unknown = parse(`Detector: HomeMade\n${VERSION_1}`).detector;
    expect([unknown.name, unknown.pixel1, unknown.pixel2]).toEqual(["Detector", 1e-4, 2e-4]);
  });

  it("takes no wavelength for None or a missing entry", () => {
    expect(parse(changed("Wavelength", "None")).wavelength).toBeUndefined();
    expect(parse(VERSION_2.replace(/Wavelength.*\n/, "")).wavelength).toBeUndefined();
  });

  it("is not led astray by names of Object's own properties", () => {
    const text = changed("Detector_config", '{"__proto__": {"pixel1": 1}, "pixel2": 1}');
    expect(() => parse(text)).toThrow(/"__proto__", which CakeLab does not know/);
    expect(parse(`__proto__: 1\nconstructor: 2\n${VERSION_1}`).dist).toBe(0.5);
    expect(({} as Record<string, unknown>).pixel1).toBeUndefined();
  });

  const config = (value: string): string => changed("Detector_config", value);
  it.each([
    ["a newer version", changed("poni_version", "4"), /version 4 is newer than 3/],
    ["no version", changed("poni_version", "0"), /no PONI version 0/],
    ["a missing key", VERSION_2.replace(/Rot2.*\n/, ""), /the key Rot2 is missing/],
    ["a mistyped key", VERSION_2.replace("Poni1", "Pony1"), /Poni1 is missing; is "Pony1" meant/],
    [
      "a mistyped wavelength",
      VERSION_2.replace("Wavelength", "Wavelenght"),
      /"Wavelenght" is not known/,
    ],
    ["no detector", VERSION_2.replace(/^Detector: .*\n/m, ""), /the key Detector is missing/],
    [
      "no configuration",
      VERSION_2.replace(/Detector_config.*\n/, ""),
      /Detector_config is missing/,
    ],
    [
      "no pixel size in version 1",
      VERSION_1.replace(/PixelSize1.*\n/, ""),
      /PixelSize1 is missing/,
    ],
    ["a NaN", changed("Poni1", "nan"), /Poni1 is "nan", which is not a finite number/],
    ["an infinity", changed("Rot3", "inf"), /Rot3 is "inf"/],
    ["a number too large", changed("Rot3", "1e999"), /Rot3 is "1e999"/],
    ["an empty value", changed("Distance", ""), /Distance is ""/],
    ["a number with rubbish", changed("Poni2", "0.1 m"), /Poni2 is "0.1 m"/],
    ["no distance", changed("Distance", "0.0"), /Distance is 0/],
    ["a wavelength in Å", changed("Wavelength", "0.1393"), /0.1393 looks like Å: write 1.393e-11/],
    ["a wavelength of 0", changed("Wavelength", "0"), /not one of X-rays in metres/],
    ["an energy", changed("Wavelength", "89000"), /write it in metres/],
    ["parallax", `${VERSION_2}Parallax: True\n`, /does not have; write "Parallax: False"/],
    ["a doubtful parallax", `${VERSION_2}Parallax: maybe\n`, /write True or False/],
    ["a spline file", VERSION_1.replace("None", "frelon.spline"), /spline file "frelon.spline"/],
    ["a spline file of version 2", config('{"splineFile": "a.spline"}'), /spline file "a.spline"/],
    [
      "an orientation that swaps axes",
      config('{"pixel1":1,"pixel2":1,"orientation":6}'),
      /orientation 6/,
    ],
    [
      "an orientation that is a text",
      config('{"pixel1":1,"pixel2":1,"orientation":"2"}'),
      /orientation "2"/,
    ],
    ["no JSON", config("{'pixel1': 1e-4}"), /not valid JSON/],
    ["JSON that is no object", config("[1]"), /it must be/],
    [
      "an unknown property",
      config('{"pixel1":1,"pixel2":1,"orientaton":2}'),
      /did you mean "orientation"/,
    ],
    ["a missing pixel size", config('{"pixel1": 1e-4}'), /"pixel2" of Detector_config is missing/],
    [
      "a pixel size that is a text",
      config('{"pixel1": "1e-4", "pixel2": 1}'),
      /is "1e-4", not a number/,
    ],
    ["a negative pixel size", config('{"pixel1": -1, "pixel2": 1}'), /-1 is not a length/],
    [
      "a strange shape",
      config('{"pixel1": 1, "pixel2": 1, "max_shape": [1]}'),
      /\[1\] is not a shape/,
    ],
    ["an unknown detector", changed("Detector", "Pilatus1N"), /"Pilatus1M"/],
    ["a NeXus detector", changed("Detector", "NexusDetector"), /described in a NeXus file/],
    ["a line without a key", `${VERSION_2}rubbish\n`, /line 12 is not "key: value" but "rubbish"/],
    ["an empty file", "", /PixelSize1 is missing/],
  ])("refuses %s", (_what, text, message) => {
    expect(() => parse(text)).toThrow(FileFormatError);
    expect(() => parse(text)).toThrow(message);
    expect(() => parse(text)).toThrow(/^some\.poni: /);
  });

  it("reads 500 damaged files or says what is wrong with them", () => {
    const sources = [...files.map(({ text }) => text), VERSION_1, VERSION_2];
    const edit = fc.record({
      at: fc.nat(600),
      remove: fc.nat(12),
      insert: fc.oneof(
        fc.string({ maxLength: 6 }),
        fc.constantFrom("\n", ":", "null", "-", "1e", "{", "}", '"', "nan", "0", "9".repeat(400)),
      ),
    });
    let read = 0;
    const property = fc.property(
      fc.constantFrom(...sources),
      fc.array(edit, { minLength: 1, maxLength: 3 }),
      (source, edits) => {
        let text = source;
        for (const { at, remove, insert } of edits) {
          text = text.slice(0, at) + insert + text.slice(at + remove);
        }
        try {
          const poni = parse(text);
          for (const key of NUMBERS) expect(Number.isFinite(poni[key])).toBe(true);
          read++;
        } catch (error) {
          if (!(error instanceof CakelabError)) throw error;
          expect(error.message).toContain("some.poni");
        }
      },
    );
    fc.assert(property, { seed: 500, numRuns: 500 });
    expect(read).toBeGreaterThan(50);
    expect(read).toBeLessThan(450);
  });
});

describe("formatPoni", () => {
  it.each(files)("keeps all that version $version of $detector holds", ({ text }) => {
    const poni = parse(text);
    const again = parse(formatPoni(poni));
    expect({ ...again, detector: again.detector.config }).toEqual({
      ...poni,
      detector: poni.detector.config,
    });
    expect(again.detector.name).toBe(poni.detector.name);
  });

  it("brings every number back exactly", () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true });
    const property = fc.property(
      fc.tuple(number, number, number, number, number, number),
      fc.double({ min: 1e-13, max: 1e-7, noNaN: true }),
      fc.double({ min: 1e-9, max: 1, noNaN: true }),
      ([dist, poni1, poni2, rot1, rot2, rot3], wavelength, pixel1) => {
        const poni = {
          ...{ dist: dist === 0 ? 1 : dist, poni1, poni2, rot1, rot2, rot3 },
          wavelength,
          detector: detector({ pixel1, orientation: 4 }),
        };
        const again = parse(formatPoni(poni));
        for (const key of [...NUMBERS, "wavelength"] as const) {
          expect(Object.is(again[key], poni[key]), key).toBe(true);
        }
        expect(again.detector.pixel1).toBe(pixel1);
        expect(again.detector.orientation).toBe(4);
      },
    );
    fc.assert(property, { seed: 3, numRuns: 200 });
  });

  it("writes the comment as comments", () => {
    const text = formatPoni(parse(VERSION_2), { comment: "CeO2\nRot1: 7" });
    expect(text).toContain("# CeO2\n# Rot1: 7\n");
    expect(parse(text).rot1).toBe(0.1);
  });

  it("refuses what a PONI file cannot hold", () => {
    const poni = parse(VERSION_2);
    expect(() => formatPoni({ ...poni, rot1: Number.NaN })).toThrow(/rot1: NaN cannot be saved/);
    const data = Float64Array.from([0, 0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1]);
    const cornered = detector({ corners: { data, shape: [1, 1, 4, 3] } });
    expect(() => formatPoni({ ...poni, detector: cornered })).toThrow(OptionError);
  });

  it.skipIf(!hasPython)("writes files that pyFAI loads (needs .venv-test)", async () => {
    const folder = await temporaryFolder();
    const paths = files.map(({ text }, i) => {
      const path = join(folder, `${i}.poni`);
      writeFileSync(path, formatPoni(parse(text), { comment: "Calibrant: CeO2" }));
      return path;
    });
    const loaded = runPython<Record<string, unknown>[]>(
      `
import json, logging, sys
logging.disable(logging.CRITICAL)
from pyFAI.io.ponifile import PoniFile
print(json.dumps([{
    **{key: getattr(p, key) for key in ("dist", "poni1", "poni2", "rot1", "rot2", "rot3", "wavelength")},
    "detector": type(p.detector).__name__, "pixel": [p.detector.pixel1, p.detector.pixel2],
    "shape": p.detector.shape, "orientation": int(p.detector.orientation),
} for p in map(PoniFile, sys.argv[1:])]))`,
      ...paths,
    );
    loaded.forEach((values, i) => {
      const { text: _, version: __, ...facts } = files[i]!;
      expect(values).toEqual(facts);
    });
  });

  const lightform = new URL("../../../shared/data/lightform/", import.meta.url);
  it.skipIf(!existsSync(lightform))("reads the calibration of the LightForm data", () => {
    const path = new URL("DLS_CeO2_1200mm_pyFAI.poni", lightform);
    const poni = parsePoni(readFileSync(path, "utf8"), path.pathname);
    expect([poni.dist, poni.wavelength]).toEqual([1.1938977457995166, 1.393e-11]);
    expect(poni.detector.layout([1441, 1440]).kind).toBe("grid");
  });
});
