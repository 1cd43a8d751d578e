import { FileFormatError, OptionError, ShapeError } from "../../errors.js";
import { openDataset, readSlice } from "../../hdf5/dataset.js";
import { Hdf5File } from "../../hdf5/hdf5-file.js";
import { Hdf5Writer } from "../../hdf5/hdf5-writer.js";
import { nodeModule } from "../../host/node.js";
import { checkOptionNames } from "../../option-names.js";
import { writeEntry } from "./entry.js";
import { inputsOf } from "./input-files.js";
import { type NexusOptions, writeAxes } from "./nexus.js";
import { type NexusResult, type Pattern, patternOf } from "./pattern.js";
import { checkPattern, signalsOf, titleOf, valuesOf } from "./signals.js";

/** How a series is written. */
export interface NexusSeriesOptions extends NexusOptions {
  /** Goes on with a file that is there, after its last frame. Default: writes a new one. */
  readonly resume?: boolean;
  /** Frames between two flushes: what a killed process loses at most. Default 16. */
  readonly flushEvery?: number;
}

/** A file of results that grows with every frame. */
export interface NexusSeries {
  /** Frames that are in the file. */
  readonly frames: number;
  /**
   * Adds a frame; intensity and errors are kept as float32.
   *
   * @throws ShapeError for a result that differs in shape, OutputError
   */
  append(result: NexusResult): Promise<void>;
  /** Makes sure that all frames are in the file. */
  flush(): Promise<void>;
  /** The same, and closes the file. */
  close(): Promise<void>;
}

const OPTIONS: readonly (keyof NexusSeriesOptions)[] = [
  "title",
  "inputs",
  "checksums",
  "compression",
  "resume",
  "flushEvery",
];
const DATA = "/entry/data";
const SIGNALS = ["intensity", "intensity_errors"] as const;

/**
 * Opens a NeXus file for a series of results, laid out as `writeNexus` does for several. The file can
 * be read, and gone on with, up to the last flush whatever happens.
 *
 * @throws OutputError; FileFormatError where the file to go on with is none of these; OptionError
 * @example
 * const series = await openNexusSeries("scan.nxs", { resume: true });
 * for await (const frame of openSeries("scan.h5", { offset: series.frames })) {
 *   await series.append(await ai.integrate1d(frame, 1000));
 * }
 * await series.close();
 */
export async function openNexusSeries(
  path: string,
  options: NexusSeriesOptions = {},
): Promise<NexusSeries> {
  checkOptionNames(options, OPTIONS);
  const { resume = false, flushEvery = 16 } = options;
  if (!Number.isInteger(flushEvery) || flushEvery < 1) {
    throw new OptionError("flushEvery", flushEvery, "is to be a whole number from 1");
  }
  const isThere = resume && nodeModule("node:fs").existsSync(path);
  const found = isThere ? await existingSeries(path) : undefined;
  let writer: Hdf5Writer | undefined;
  let first: Pattern | undefined;
  let frames = found?.frames ?? 0;
  let unflushed = 0;

  const begin = async (pattern: Pattern): Promise<Hdf5Writer> => {
    if (found !== undefined) {
      checkResumed(path, pattern, found);
      const opened = await Hdf5Writer.append(path);
      for (const { name, shape } of found.datasets) {
        opened.resize(`${DATA}/${name}`, [found.frames, ...shape.slice(1)]);
      }
      return opened;
    }
    // Under its own name from the start, so that it can be looked at while it grows.
    const made = await Hdf5Writer.create(path);
    try {
      await writeHead(made, pattern, options);
      await made.commit();
    } catch (error) {
      await made.discard();
      throw error;
    }
    return Hdf5Writer.append(path);
  };

  const series: NexusSeries = {
    get frames() {
      return frames;
    },
    async append(result) {
      const pattern = patternOf(result);
      first ??= pattern;
      checkPattern(pattern, first);
      writer ??= await begin(pattern);
      for (const [name] of seriesSignals(pattern)) {
        const at = `${DATA}/${name}`;
        writer.resize(at, [frames + 1, ...pattern.shape]);
        const values = Float32Array.from(valuesOf(pattern, name));
        const start = [frames, ...pattern.shape.map(() => 0)];
        writer.write(at, values, start, [1, ...pattern.shape]);
      }
      writer.resize(`${DATA}/frame`, [frames + 1]);
      writer.write(`${DATA}/frame`, Int32Array.of(frames), [frames], [1]);
      frames++;
      if (++unflushed >= flushEvery) await series.flush();
    },
    async flush() {
      await writer?.flush();
      unflushed = 0;
    },
    async close() {
      await writer?.commit();
      writer = undefined;
    },
  };
  return series;
}

function seriesSignals(pattern: Pattern): ReturnType<typeof signalsOf> {
  return signalsOf(pattern).filter(([name]) => (SIGNALS as readonly string[]).includes(name));
}

async function writeHead(
  writer: Hdf5Writer,
  pattern: Pattern,
  options: NexusSeriesOptions,
): Promise<void> {
  const { title = titleOf(pattern), compression = "gzip" } = options;
  writeEntry(writer, pattern, { title, inputs: await inputsOf(options) });
  writeAxes(writer, pattern, true);
  for (const [name, attributes] of seriesSignals(pattern)) {
    writer.dataset(`${DATA}/${name}`, new Float32Array(0), {
      shape: [0, ...pattern.shape],
      chunks: [1, ...pattern.shape],
      isExtendable: true,
      compression,
      attributes,
    });
  }
  writer.dataset(`${DATA}/frame`, new Int32Array(0), {
    shape: [0],
    chunks: [1024],
    isExtendable: true,
  });
}

interface ExistingSeries {
  /** That all datasets have. */
  readonly frames: number;
  readonly datasets: readonly { readonly name: string; readonly shape: readonly number[] }[];
  readonly radial: Float64Array;
}

async function existingSeries(path: string): Promise<ExistingSeries> {
  const file = await Hdf5File.open(path);
  try {
    const names = file.names(DATA);
    const datasets = [...SIGNALS, "frame"]
      .filter((name) => names.includes(name))
      .map((name) => ({ name, shape: openDataset(file, `${DATA}/${name}`).shape }));
    const radial = openDataset(file, `${DATA}/radial`);
    if (datasets.length < 2) {
      throw new FileFormatError(
        path,
        "is no series of results that can be gone on with; name another file, or leave resume out",
      );
    }
    return {
      frames: Math.min(...datasets.map(({ shape }) => shape[0]!)),
      datasets,
      radial: readSlice(radial, [0], radial.shape) as Float64Array,
    };
  } finally {
    file.close();
  }
}

function checkResumed(path: string, pattern: Pattern, found: ExistingSeries): void {
  const stack = found.datasets[0]!.shape;
  const isAlike =
    stack.slice(1).join() === pattern.shape.join() &&
    pattern.radial.every((value, i) => value === found.radial[i]) &&
    found.datasets.some(({ name }) => name === "intensity_errors") ===
      (pattern.errors !== undefined);
  if (isAlike) return;
  throw new ShapeError(
    `results for ${path}`,
    stack.slice(1),
    pattern.shape,
    "go on with the bins, unit and errors that the file was begun with, or write a new one",
  );
}
