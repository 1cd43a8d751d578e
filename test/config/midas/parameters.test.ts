import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatMidasParameters } from "../../../src/config/midas/format.js";
import { KEYS, NEW_NAMES } from "../../../src/config/midas/keys.js";
import {
  type MidasParameters,
  midasParameters,
  type SomeMidasValues,
} from "../../../src/config/midas/parameters.js";
import { parseMidasParameters } from "../../../src/config/midas/parse.js";
import { readMidasParameters, writeMidasParameters } from "../../../src/config/midas/read.js";
import { FileAccessError, FileFormatError, OptionError } from "../../../src/errors.js";
import { midasCases, withNotices } from "../../support/midas-cases.js";
import { temporaryFolder } from "../../support/temporary-folder.js";

const BASE = "NrPixelsY 24\nNrPixelsZ 20\npx 200\nLsd 1000000\nBC 10.5 9\n";
const parse = (text: string): MidasParameters => parseMidasParameters(BASE + text, "ps.txt");

describe("parseMidasParameters", () => {
  it("reads each key with its kind", () => {
    const found = parse(
      "p3 2.5e-3\nSolidAngleCorrection 1\nPanelGapsY 7 8 -2\nMaskFile my masks/a.tif\nImTransOpt 2\nImTransOpt 3 # turned\nPeakLocation 120.5\nPeakLocation 99\nNrPixels 30",
    );
    expect(found).toMatchObject({
      NrPixelsY: 30,
      NrPixelsZ: 30,
      pxY: 200,
      pxZ: 200,
      BC: [10.5, 9],
      p3: 0.0025,
      SolidAngleCorrection: true,
      PanelGapsY: [7, 8, -2],
      MaskFile: "my masks/a.tif",
      ImTransOpt: [2, 3],
      PeakLocation: [120.5, 99],
    });
    expect(found).toMatchObject({ DoPeakFit: true, MultiplePeaks: true, DoSmoothing: false });
  });

  it("has midas-integrate's defaults", () => {
    expect(parse("")).toMatchObject({
      EtaMin: -180,
      EtaMax: 180,
      EtaBinSize: 5,
      Normalize: true,
      SubPixelLevel: 1,
      SubPixelCardinalWidth: 10,
      PolarizationFraction: 0.99,
      PolarizationPlaneEtaDeg: 90,
      SNIPIterations: 50,
      FitROIPadding: 20,
      OmegaSumFrames: 1,
      ImTransOpt: [],
    });
  });

  it("reads what MIDAS' own writers write: semicolons, any blanks, comments, other line ends", () => {
    const text =
      "\uFEFF# made by hand\r\nNrPixels\t 2048;\r\n  px 150.000000;\rLsd 1e6 ; # far\n\nBC 1 2;\n";
    const found = parseMidasParameters(text, "ps.txt");
    expect(found).toMatchObject({ NrPixelsZ: 2048, pxZ: 150, Lsd: 1e6, BC: [1, 2] });
  });

  it("takes the last one of a key", () => {
    expect(parse("RMin 1\nRMin 2")).toMatchObject({ RMin: 2 });
    expect(parse("pxZ 100\npx 50")).toMatchObject({ pxY: 50, pxZ: 100 });
    expect(parse("pxY 100\npx 50")).toMatchObject({ pxY: 50, pxZ: 50 });
    expect(parse("px 50\npxY 100")).toMatchObject({ pxY: 100, pxZ: 50 });
  });

  it("knows the newer names of the distortion's coefficients", () => {
    const text = Object.keys(NEW_NAMES).map((name, i) => `${name} ${i + 1}`);
    const found = parse(text.join("\n"));
    expect(found).toMatchObject({ p2: 1, p5: 2, p4: 3, p7: 4, p8: 5, p0: 6, p6: 7, p14: 15 });
    expect(found.others).toEqual([]);
  });

  it("keeps what it does not know, and names it once", async () => {
    const [found, notices] = await withNotices(() =>
      parse("SpaceGroup 225\nRBinSice 1\nOmegaRange -180 180\nOmegaRange 0 90"),
    );
    expect(found.others).toEqual([
      { key: "SpaceGroup", value: "225" },
      { key: "RBinSice", value: "1" },
      { key: "OmegaRange", value: "-180 180" },
      { key: "OmegaRange", value: "0 90" },
    ]);
    expect(notices).toEqual([
      "ps.txt: the keys SpaceGroup, RBinSice (RBinSize?), OmegaRange are not used here and kept as they are",
    ]);
  });

  it("refuses what is no text, before it names a key of it", () => {
    expect(() => parse("\x1b[2J\0\x07 1")).toThrow(/^ps\.txt: is no text/);
  });

  it("takes no key for one of every object", async () => {
    const [found] = await withNotices(() => parse("constructor 1\n__proto__ 2\ntoString 3"));
    expect(found.others.map(({ key }) => key)).toEqual(["constructor", "__proto__", "toString"]);
  });

  it.each([
    ["RBinSize abc", /ps\.txt: line 6: RBinSize needs a number, and there is "abc"; correct it/],
    ["RBinSize", /line 6: RBinSize needs a number, and there is nothing/],
    ["RBinSize NaN", /line 6: RBinSize needs a number/],
    ["RBinSize Infinity", /line 6: RBinSize needs a number/],
    ["\nSkipFrame 1.5", /line 7: SkipFrame needs a whole number/],
    ["NrPixels many", /line 6: NrPixels needs a whole number/],
    ["Normalize yes", /line 6: Normalize needs 0 or 1/],
    ["BC 12", /line 6: BC needs two numbers, and there is "12"/],
    ["PanelGapsZ 1 two", /line 6: PanelGapsZ needs whole numbers/],
    ["MaskFile ;", /line 6: MaskFile needs a path/],
    ["ImTransOpt 4", /ps\.txt: ImTransOpt: 4 is none; it is 0 nothing, 1 left-right/],
    ["ImTransOpt 3", /20 × 24 is not square and cannot be transposed/],
    ["px 0", /pxY: 0 is not above 0/],
    ["Wavelength 2e-11", /2e-11 is no wavelength in Å/],
    ["NrPixels 1000000", /1000000 × 1000000 pixels are more than/],
    ["SubPixelLevel 1000", /1000 parts of a pixel's side are more than 64/],
    ["SubPixelLevel 0", /SubPixelLevel: 0 is not above 0/],
    ["phi3 up", /line 6: phi3 needs a number/],
  ])("refuses %j", (text, message) => {
    expect(() => parse(text)).toThrow(FileFormatError);
    expect(() => parse(text)).toThrow(message);
  });

  it.each([
    [
      "NrPixelsY 1\nNrPixelsZ 1\nLsd 1\nBC 1 1",
      /px: it is missing; give the size of a pixel in µm/,
    ],
    ["px 1\nLsd 1\nBC 1 1", /NrPixelsY: it is missing; .*\(NrPixels gives both\)/],
    ["NrPixels 9\npx 1\nBC 1 1", /Lsd: it is missing/],
    ["NrPixels 9\npx 1\nLsd 1", /BC: it is missing/],
  ])("says what is missing in %j", (text, message) => {
    expect(() => parseMidasParameters(text, "ps.txt")).toThrow(message);
  });
});

const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const whole = fc.integer({ min: 0, max: 9999 });
const word = fc.stringMatching(/^[a-z][a-z0-9_./-]{0,12}( [a-z0-9]{1,5})?$/);
const KINDS = {
  number,
  whole,
  flag: fc.boolean(),
  text: word,
  pair: fc.tuple(number, number),
  wholes: fc.array(whole, { maxLength: 5 }),
  repeated: fc.array(number, { maxLength: 4 }),
};

/** Any values but those that are checked or follow from others. */
const someValues = fc.record(
  Object.fromEntries(
    Object.entries(KEYS)
      .filter(([key]) => !/^(NrPixels|px|Lsd|BC|ImTransOpt|Wavelength|SubPixelLevel)/.test(key))
      .map(([key, kind]) => [key, KINDS[kind]]),
  ),
  { requiredKeys: [] },
) as fc.Arbitrary<SomeMidasValues>;

describe("formatMidasParameters", () => {
  it("gives back every value", () => {
    fc.assert(
      fc.property(someValues, fc.subarray([1, 2, 0, 2]), (values, ImTransOpt) => {
        const given = midasParameters(
          {
            NrPixelsY: 24,
            NrPixelsZ: 20,
            pxY: 172,
            pxZ: 172.5,
            Lsd: 2e5,
            BC: [3, -4.5],
            ...values,
            ImTransOpt,
          },
          [],
          "a.txt",
        );
        expect(parseMidasParameters(formatMidasParameters(given), "a.txt")).toEqual(given);
      }),
      { seed: 4, numRuns: 300 },
    );
  });

  it("keeps the lines that it does not know", async () => {
    const [given] = await withNotices(() => parse("SpaceGroup 225\nRMax 12\nOmegaRange 1 2"));
    expect(formatMidasParameters(given)).toBe(
      "NrPixelsY 24\nNrPixelsZ 20\npxY 200\npxZ 200\nLsd 1000000\nBC 10.5 9\nRMax 12\nSpaceGroup 225\nOmegaRange 1 2\n",
    );
  });

  it.each(midasCases)("comes back in the case $name", ({ parameters }) => {
    expect(parseMidasParameters(formatMidasParameters(parameters), parameters.path)).toEqual(
      parameters,
    );
  });

  it("is written and read", async () => {
    const path = `${await temporaryFolder()}/new/ps.txt`;
    const given = { ...parse("RMax 3"), path };
    await writeMidasParameters(path, given);
    expect(await readMidasParameters(path)).toEqual(given);
    await expect(readMidasParameters(`${path}x`)).rejects.toThrow(FileAccessError);
  });
});

describe("midasParameters", () => {
  it("refuses what is not there", () => {
    const values = { NrPixelsY: 1, NrPixelsZ: 1, px: 1, Lsd: 1, BC: [0, 0] as const };
    expect(midasParameters(values)).toMatchObject({ pxY: 1, pxZ: 1, path: "" });
    const slip = { ...values, RBinsize: 1 } as SomeMidasValues;
    expect(() => midasParameters(slip)).toThrow(
      /RBinsize: there is no such option; did you mean RBinSize/,
    );
    expect(() => midasParameters({ ...values, Lsd: -1 })).toThrow(OptionError);
  });
});
