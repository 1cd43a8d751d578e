import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import * as cakelab from "../src/index.js";

const root = resolve(import.meta.dirname, "..");

interface Source {
  path: string;
  text: string;
}

function sources(folder: string, kind = /\.(ts|mjs)$/): Source[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && kind.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
}

interface Import {
  from: string;
  /** A path from the project's root, or the name of a package. */
  to: string;
  typesOnly: boolean;
}

// Either a statement, with its names, or `import("…")`, which imports only types after `typeof` and
// before a name such as `.FileHandle`.
const IMPORT =
  /^\s*(?:import|export)\s+(type\s+)?([^;"']*?from\s+)?["']([^"']+)["']|(typeof\s+)?import\(\s*["']([^"']+)["']\s*\)(\.[A-Z])?/gm;

function importsOf({ path, text }: Source): Import[] {
  return [...text.matchAll(IMPORT)].map(([, type, names, stated, typeOf, called, member]) => {
    const specifier = stated ?? called ?? "";
    const to = specifier.startsWith(".") ? join(dirname(path), specifier) : specifier;
    const listed = /\{([^}]*)\}\s*from/.exec(names ?? "")?.[1]?.split(",") ?? ["a default"];
    const onlyTypes = listed.every((name) => /^\s*(type\s|$)/.test(name));
    return { from: path, to, typesOnly: (type ?? typeOf ?? member) !== undefined || onlyTypes };
  });
}

function importsFrom(folder: string): Import[] {
  return sources(folder).flatMap(importsOf);
}

const show = ({ from, to }: Import): string => `${from} imports ${to}`;

/** The folder inside `src` that a path belongs to; undefined for the files directly in `src`. */
function domain(path: string): string | undefined {
  return /^src\/([^/]+)\//.exec(path)?.[1];
}

describe("imports between the parts of the project", () => {
  it.each([
    ["src", ["kernel-ext/", "widgets/", "notebooks/", "binder/", "test/"]],
    ["kernel-ext", ["widgets/", "notebooks/", "binder/", "test/"]],
    ["widgets", ["kernel-ext/", "notebooks/", "binder/", "test/"]],
    ["binder", ["src/", "kernel-ext/", "widgets/", "test/"]],
  ])("%s keeps away from %s", (folder, others) => {
    const wrong = importsFrom(folder).filter(({ to }) =>
      others.some((name) => to.startsWith(name)),
    );
    expect(wrong.map(show)).toEqual([]);
  });

  it("src knows no Jupyter, and Node's modules only through src/host", () => {
    const jupyter = /^(tslab|zeromq|@jupyter|@tslab|plotly|node:)/;
    // What builds the library (.mjs) runs in Node only and is no part of it.
    expect(
      importsFrom("src")
        .filter(({ from }) => from.endsWith(".ts"))
        .filter(({ to, typesOnly }) => !typesOnly && jupyter.test(to))
        .map(show),
    ).toEqual([]);
  });

  it("nothing in src prints, but the command line", () => {
    const printing = sources("src").filter(
      ({ path, text }) =>
        domain(path) !== "cli" && /\bconsole\.\w+\(|\bprocess\.std(out|err)\b/.test(text),
    );
    expect(printing.map(({ path }) => path)).toEqual([]);
  });

  it("nothing in src needs the command line", () => {
    const wrong = importsFrom("src").filter(
      ({ from, to }) => domain(from) !== "cli" && domain(to) === "cli",
    );
    expect(wrong.map(show)).toEqual([]);
  });

  it("src's foundations do not know what is built on them", () => {
    const foundations = new Set(["host", "detector", "geometry", "calibrant", "hdf5", "image"]);
    const wrong = importsFrom("src").filter(
      ({ from, to }) =>
        foundations.has(domain(from) ?? "") &&
        domain(to) !== undefined &&
        !foundations.has(domain(to) ?? ""),
    );
    expect(wrong.map(show)).toEqual([]);
  });

  it("the folders of src do not import each other in circles", () => {
    const graph = new Map<string, Set<string>>();
    for (const { from, to, typesOnly } of importsFrom("src")) {
      const [a, b] = [domain(from), domain(to)];
      if (typesOnly || a === undefined || b === undefined || a === b) continue;
      graph.set(a, (graph.get(a) ?? new Set()).add(b));
    }
    expect(circles(graph)).toEqual([]);
  });
});

/** Every folder that reaches itself, with the way. */
function circles(graph: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const found: string[] = [];
  const follow = (way: string[]): void => {
    for (const next of graph.get(way.at(-1)!) ?? []) {
      if (next === way[0]) found.push([...way, next].join(" → "));
      else if (!way.includes(next)) follow([...way, next]);
    }
  };
  for (const start of graph.keys()) follow([start]);
  return found;
}

describe("every file", () => {
  const folders = ["src", "kernel-ext", "widgets", "binder", "notebooks", "test"];
  const all = folders.flatMap((folder) => sources(folder));

  it("has at most 400 lines", () => {
    const long = all.filter(({ text }) => text.split("\n").length > 401);
    expect(long.map(({ path }) => path)).toEqual([]);
  });

  it("exports by name", () => {
    const star = all.filter(({ text }) => /^\s*export\s*\*/m.test(text));
    expect(star.map(({ path }) => path)).toEqual([]);
  });

  it("is free of paths of one machine", () => {
    const texts = folders.flatMap((folder) =>
      sources(folder, /\.(ts|mjs|py|md|json|yml|ipynb|sh)$/),
    );
    const machine = /["'`\s(](\/work|\/root|\/home|\/tmp|\/Users)\/\w/;
    expect(texts.filter(({ text }) => machine.test(text)).map(({ path }) => path)).toEqual([]);
  });
});

it("the library exports these names", () => {
  expect(Object.keys(cakelab)).toMatchInlineSnapshot(`
    [
      "cake",
      "calibrant",
      "calibrantNames",
      "readCalibrant",
      "calibrate",
      "calibrationReport",
      "ringCurve",
      "formatMidasParameters",
      "formatMidas",
      "parseMidas",
      "midasParameters",
      "parseMidasParameters",
      "readMidasParameters",
      "writeMidasParameters",
      "detector",
      "CakelabError",
      "CalibrationError",
      "EngineError",
      "FileAccessError",
      "FileFormatError",
      "isCakelabError",
      "OptionError",
      "OutputError",
      "ShapeError",
      "StreamError",
      "encodeCbf",
      "writeCbf",
      "formatChi",
      "writeChi",
      "formatCsv",
      "writeCsv",
      "formatDat",
      "writeDat",
      "encodeEdf",
      "writeEdf",
      "formatEsg",
      "writeEsg",
      "formatFxye",
      "writeFxye",
      "writeHdf5",
      "maskExtensions",
      "writeMask",
      "writeNexus",
      "openNexusSeries",
      "encodeNpy",
      "writeNpy",
      "encodeTiff",
      "writeTiff",
      "formatXrdfit",
      "writeXrdfit",
      "formatXy",
      "formatXye",
      "writeXy",
      "writeXye",
      "writeZarr",
      "writeZarrImages",
      "convertOrientation",
      "formatCrystfel",
      "parseCrystfel",
      "imageD11ToPoni",
      "poniToImageD11",
      "midasToPoni",
      "poniToMidas",
      "formatPoni",
      "parsePoni",
      "radialUnit",
      "radialUnitNames",
      "headerValue",
      "motors",
      "imageInfo",
      "listFiles",
      "openSeries",
      "decodeImage",
      "readImage",
      "readMask",
      "AzimuthalIntegrator",
      "measureEngines",
      "load",
      "buildMidasMap",
      "midasIntegrator",
      "readMidasMap",
      "writeMidasMap",
      "midasPlan",
      "midasInt2d",
      "midasLineout",
      "AUTOMATIC_MASKS",
      "automaticMask",
      "maskBeamStop",
      "maskCosmicRays",
      "maskDead",
      "maskHot",
      "maskGaps",
      "MaskHistory",
      "combineMasks",
      "emptyMask",
      "invertMask",
      "maskedFraction",
      "toMask",
      "unmask",
      "growMask",
      "shrinkMask",
      "maskSaturated",
      "drawMask",
      "maskSigmaClip",
      "maskAbove",
      "maskBelow",
      "maskBetween",
      "maskNotFinite",
      "setNoticeHook",
      "findPeaks",
      "fitPeaks",
      "latticeStrain",
      "peakMaps",
      "snipBackground",
      "strainEllipse",
      "setProgressHook",
      "circleMap",
      "compositeMap",
      "formatDiffMapConfig",
      "readDiffMapConfig",
      "diffMap",
      "startDiffMap",
      "openScan",
      "writeScanMap",
      "toolConfigurationSchema",
      "DiffractogramTool",
      "PatternBuffer",
      "recordDiffractograms",
      "toolResultsSchema",
      "formatToolConfiguration",
      "parseToolConfiguration",
      "toolResults",
      "FrameMapping",
      "integrateStream",
      "Latest",
      "midasBatch",
      "midasStream",
      "listenFrames",
      "FrameSender",
      "sendFrames",
      "openStream",
      "meanPositions",
      "PeakEvolution",
      "peakStrain",
      "PeakTracker",
      "PEAK_COLUMNS",
      "PEAK_STATUS",
      "centerOfRotation",
      "filteredBackProjection",
      "iterativeReconstruction",
      "projectSlice",
      "sinogram",
      "tomogram",
      "version",
    ]
  `);
});
