import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { detector } from "../../../src/detector/detector-factory.js";
import { type CakelabError, OptionError, StreamError } from "../../../src/errors.js";
import { openDataset, readSlice } from "../../../src/hdf5/dataset.js";
import { Hdf5File } from "../../../src/hdf5/hdf5-file.js";
import { AzimuthalIntegrator } from "../../../src/integrate/azimuthal-integrator.js";
import {
  DiffractogramTool,
  type DiffractogramToolOptions,
} from "../../../src/stream/diffractogram/diffractogram-tool.js";
import { recordDiffractograms } from "../../../src/stream/diffractogram/record-diffractograms.js";
import type { ToolResults } from "../../../src/stream/diffractogram/tool-results.js";
import type { FrameStream, StreamFrame } from "../../../src/stream/frame-stream.js";
import { hasPython, runPython } from "../../support/python.js";
import { temporaryFolder } from "../../support/temporary-folder.js";

const SHAPE: [number, number] = [40, 50];

function newTool(options: DiffractogramToolOptions = {}): DiffractogramTool {
  return new DiffractogramTool({
    ai: new AzimuthalIntegrator({
      ...{ dist: 0.1, poni1: 0.02, poni2: 0.025, wavelength: 1e-10 },
      detector: detector({ pixel1: 1e-3, pixel2: 1e-3, shape: SHAPE }),
    }),
    calibration: "detector.poni",
    points: 20,
    ranges: [
      [null, null, null, null],
      [170, 190, 2, 8],
    ],
    unit: "2th_deg",
    correctSolidAngle: false,
    method: { engine: "js" },
    ...options,
  });
}

function frame(index: number, value = index): StreamFrame {
  return {
    data: new Uint16Array(SHAPE[0] * SHAPE[1]).fill(value),
    shape: SHAPE,
    source: `frame_${index}.tif`,
    ...{ index, number: index, timestamp: 1000 + 2 * index },
  };
}

/** A stream that ends, or fails, as a process that is killed would leave off. */
function streamOf(frames: Iterable<StreamFrame>, failure?: Error): FrameStream {
  const counts = { received: 0, given: 0, dropped: 0, bad: 0, bytes: 0 };
  let isClosed = false;
  return {
    name: "simulated",
    counts,
    async close() {
      isClosed = true;
    },
    async *[Symbol.asyncIterator]() {
      for (const next of frames) {
        if (isClosed) return;
        counts.given++;
        yield next;
      }
      if (failure !== undefined) throw failure;
    },
  };
}

async function contents(path: string, name: string): Promise<number[]> {
  const file = await Hdf5File.open(path);
  try {
    const dataset = openDataset(file, `/entry_0000/${name}`);
    const values = readSlice(
      dataset,
      dataset.shape.map(() => 0),
      dataset.shape,
    );
    return Array.from(values as Float64Array, Number);
  } finally {
    file.close();
  }
}

function linesOf(path: string): ToolResults[] {
  const lines = readFileSync(path, "utf8").split("\n");
  expect(lines.pop()).toBe("");
  return lines.map((line) => JSON.parse(line));
}

it("keeps patterns, names and times of a stream, and a line of results for each image", async () => {
  const folder = await temporaryFolder();
  const [output, results] = [join(folder, "run.h5"), join(folder, "run.ndjson")];
  const tool = newTool();
  const seen: number[] = [];
  const summary = await recordDiffractograms(tool, streamOf([1, 2, 3].map((i) => frame(i))), {
    ...{ output, results },
    onFrame: (_, frames) => seen.push(frames),
  });
  expect(summary).toMatchObject({
    frames: 3,
    resumed: 0,
    repeated: 0,
    failed: 0,
    isStopped: false,
  });
  expect(seen).toEqual([1, 2, 3]);
  const intensity = await contents(output, "diffractogram_1/intensity");
  expect([10, 30, 50].map((i) => intensity[i])).toEqual([1, 2, 3]);
  expect(await contents(output, "diffractogram_2/time")).toEqual([0, 2, 4]);
  expect(await contents(output, "frames/timestamp")).toEqual([1002, 1004, 1006]);
  expect(await contents(output, "diffractogram_2/radial")).toEqual([...tool.patterns[1]!.radial]);
  expect(await contents(output, "diffractogram_2/azimuth_range")).toEqual([170, 190]);
  expect(linesOf(results).map(({ imagename }) => imagename)).toEqual([
    "frame_1.tif",
    "frame_2.tif",
    "frame_3.tif",
  ]);
  expect(existsSync(`${output}.journal`)).toBe(false);
});

describe.each([
  ["an output and results", { output: "run.h5", results: "run.ndjson" }],
  ["an output", { output: "run.h5" }],
  ["results", { results: "run.ndjson" }],
])("a run with %s that was interrupted", (_, names) => {
  async function interrupted(): Promise<{ output?: string; results?: string }> {
    const folder = await temporaryFolder();
    const outputs = Object.fromEntries(
      Object.entries(names).map(([key, name]) => [key, join(folder, name)]),
    );
    const broken = streamOf(
      [1, 2, 3].map((i) => frame(i)),
      new StreamError("simulated", "is cut"),
    );
    await expect(recordDiffractograms(newTool(), broken, outputs)).rejects.toThrow("is cut");
    return outputs;
  }
  const again = () => streamOf([1, 2, 3, 4, 5].map((i) => frame(i)));

  it("is gone on with, and no frame is missing or there twice", async () => {
    const outputs = await interrupted();
    const summary = await recordDiffractograms(newTool(), again(), { ...outputs, resume: true });
    expect(summary).toMatchObject({ frames: 5, resumed: 3, repeated: 3 });
    if (outputs.output !== undefined) {
      const intensity = await contents(outputs.output, "diffractogram_1/intensity");
      expect([0, 1, 2, 3, 4].map((i) => intensity[20 * i + 10])).toEqual([1, 2, 3, 4, 5]);
    }
    if (outputs.results !== undefined) {
      expect(linesOf(outputs.results).map(({ timestamp }) => timestamp)).toEqual([
        1002, 1004, 1006, 1008, 1010,
      ]);
    }
  });

  it("is not overwritten by a run that does not go on with it, nor by one with other settings", async () => {
    const outputs = await interrupted();
    await expect(recordDiffractograms(newTool(), again(), outputs)).rejects.toThrow(/resume/);
    const other = newTool({ points: 30 });
    const goOn = recordDiffractograms(other, again(), { ...outputs, resume: true });
    await expect(goOn).rejects.toThrow(/begun with other values of points/);
    const masked = newTool({ mask: { data: new Uint8Array(2000), shape: SHAPE } });
    const goOnMasked = recordDiffractograms(masked, again(), { ...outputs, resume: true });
    await expect(goOnMasked).rejects.toThrow(/other values of mask/);
    const { frames } = await recordDiffractograms(newTool(), again(), { ...outputs, resume: true });
    expect(frames).toBe(5);
  });
});

it("drops a line whose frame was not recorded, as a kill between the two leaves it", async () => {
  const folder = await temporaryFolder();
  const [output, results] = [join(folder, "run.h5"), join(folder, "run.ndjson")];
  const broken = streamOf(
    [1, 2].map((i) => frame(i)),
    new StreamError("simulated", "is cut"),
  );
  await recordDiffractograms(newTool(), broken, { output, results }).catch(() => {});
  const { appendFileSync } = await import("node:fs");
  appendFileSync(results, `${JSON.stringify({ timestamp: 1006 })}\n{"tool":"diffr`);
  const stream = streamOf([1, 2, 3].map((i) => frame(i)));
  await recordDiffractograms(newTool(), stream, { output, results, resume: true });
  expect(linesOf(results).map(({ timestamp }) => timestamp)).toEqual([1002, 1004, 1006]);
});

it("leaves out frames that cannot be integrated, and tells of them", async () => {
  const output = join(await temporaryFolder(), "run.h5");
  const told: CakelabError[] = [];
  const small = { ...frame(2), data: new Uint16Array(6), shape: [2, 3] as [number, number] };
  const larger = { ...frame(3), data: new Uint16Array(3000), shape: [60, 50] as [number, number] };
  const stream = streamOf([frame(1), small, larger, frame(4)]);
  const onTrouble = (trouble: CakelabError): void => void told.push(trouble);
  const tool = new DiffractogramTool({
    ai: new AzimuthalIntegrator({
      ...{ dist: 0.1, poni1: 0.02, poni2: 0.025, wavelength: 1e-10 },
      detector: detector({ pixel1: 1e-3, pixel2: 1e-3 }),
    }),
    ...{ points: 20, method: { engine: "js" } },
  });
  const summary = await recordDiffractograms(tool, stream, { output, onTrouble });
  expect(summary).toMatchObject({ frames: 2, failed: 2 });
  expect(told.map(({ message }) => message)).toEqual([
    expect.stringMatching(/frame_2\.tif: its radial axis 1 is not that of the frames before/),
    expect.stringMatching(/frame_3\.tif: its radial axis/),
  ]);
});

it("names the frame that is of another shape than the detector", async () => {
  const output = join(await temporaryFolder(), "run.h5");
  const told: string[] = [];
  const onTrouble = ({ message }: CakelabError): void => void told.push(message);
  const small = { ...frame(2), data: new Uint16Array(6), shape: [2, 3] as [number, number] };
  await recordDiffractograms(newTool(), streamOf([frame(1), small]), { output, onTrouble });
  expect(told).toEqual([expect.stringMatching(/^frame_2\.tif: image: its shape is 2 × 3, not/)]);
});

it("says that nothing came, and writes nothing", async () => {
  const output = join(await temporaryFolder(), "run.h5");
  const none = recordDiffractograms(newTool(), streamOf([]), { output });
  await expect(none).rejects.toThrow(/no frame came that could be integrated/);
  expect(existsSync(output)).toBe(false);
  const nowhere = recordDiffractograms(newTool(), streamOf([frame(1)]), {});
  await expect(nowhere).rejects.toThrow(OptionError);
  const blind = recordDiffractograms(new DiffractogramTool(), streamOf([frame(1)]), { output });
  await expect(blind).rejects.toThrow(/calibration: there is none yet/);
});

it("ends when it is told to stop, and can be gone on with where that is asked for", async () => {
  const output = join(await temporaryFolder(), "run.h5");
  for (const keepStopped of [true, false]) {
    const stop = new AbortController();
    const summary = await recordDiffractograms(
      newTool(),
      streamOf([1, 2, 3, 4].map((i) => frame(i))),
      {
        ...{ output, stop: stop.signal, keepStopped, resume: true },
        onFrame: (_, frames) => frames >= 2 && stop.abort(),
      },
    );
    expect(summary.isStopped).toBe(true);
    expect((await contents(output, "frames/number")).slice(0, 2)).toEqual([1, 2]);
    expect(existsSync(`${output}.journal`)).toBe(keepStopped);
  }
});

it("ends at once by its signal, and keeps what was recorded", async () => {
  const output = join(await temporaryFolder(), "run.h5");
  const controller = new AbortController();
  const run = recordDiffractograms(newTool(), streamOf([1, 2, 3].map((i) => frame(i))), {
    ...{ output, signal: controller.signal },
    onFrame: () => controller.abort(new Error("enough")),
  });
  await expect(run).rejects.toThrow("enough");
  expect(existsSync(output)).toBe(false);
  expect(existsSync(`${output}.journal`)).toBe(true);
});

interface Looked {
  readonly plot: unknown[];
}

const LOOK = `
import json, sys
import h5py
from silx.io import nxdata

def shown(path):
    with h5py.File(path) as file:
        plot = nxdata.get_default(file)
        second = nxdata.NXdata(file["/entry_0000/diffractogram_2"])
        return {
            "plot": [plot.is_valid, list(plot.signal.shape), plot.axes_names, plot.interpretation],
            "axes": [len(axis) for axis in plot.axes],
            "errors": list(plot.errors.shape),
            "second": [second.is_valid, list(second.signal.shape)],
            "names": [name.decode() for name in file["/entry_0000/frames/source"][()]],
            "configuration": json.loads(file["/entry_0000/process/configuration/data"][()]),
        }

print(json.dumps([shown(path) for path in sys.argv[1:]]))
`;

it.skipIf(!hasPython)("is a heat map of time and radius in silx", async () => {
  const folder = await temporaryFolder();
  const [timed, untimed] = [join(folder, "timed.h5"), join(folder, "untimed.h5")];
  const frames = [1, 2, 3].map((i) => frame(i));
  await recordDiffractograms(newTool({ unit: "r_pixel" }), streamOf(frames), { output: timed });
  const alike = frames.map((one) => ({ ...one, timestamp: 5 }));
  await recordDiffractograms(newTool(), streamOf(alike), { output: untimed });
  const [first, second] = runPython<Looked[]>(LOOK, timed, untimed);
  expect(first).toMatchObject({
    plot: [true, [3, 20], ["time (s)", "r (pixel)"], "image"],
    axes: [3, 20],
    errors: [3, 20],
    second: [true, [3, 20]],
    names: ["frame_1.tif", "frame_2.tif", "frame_3.tif"],
    configuration: { diff_number: 2, diff_units: "r [pixel]", calibration: "detector.poni" },
  });
  expect(second!.plot).toEqual([true, [3, 20], ["frame", "2θ (deg)"], "image"]);
});
