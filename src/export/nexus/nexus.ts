import { ShapeError } from "../../errors.js";
import { Hdf5Writer } from "../../hdf5/hdf5-writer.js";
import type { Hdf5Compression } from "../../hdf5/write-types.js";
import { checkOptionNames } from "../../option-names.js";
import { writeEntry } from "./entry.js";
import { inputsOf } from "./input-files.js";
import { radialAttributes } from "./nexus-units.js";
import { type NexusResult, type Pattern, patternOf } from "./pattern.js";
import { checkPattern, signalsOf, titleOf, valuesOf } from "./signals.js";

/** What goes into a file besides the results. */
export interface NexusOptions {
  /** Default: a line that says what the data are. */
  readonly title?: string;
  /** The files that the results were made from, as paths, addresses or sources of frames. */
  readonly inputs?: readonly string[];
  /** Whether the SHA-256 of every input is computed and written. Default true. */
  readonly checksums?: boolean;
  /** Of the chunks. Default `"gzip"`, which every program reads. */
  readonly compression?: Hdf5Compression;
}

const OPTIONS: readonly (keyof NexusOptions)[] = ["title", "inputs", "checksums", "compression"];

/**
 * Writes results as NeXus: an `NXdata` with its signal, errors, axes and their units to which the
 * `default` attributes lead, and an `NXprocess` with calibration, options, versions and the checksums
 * of the inputs. Several results of one kind become one stack. The file is whole, and was read back,
 * or there is none.
 *
 * @throws OutputError; ShapeError for results that differ in shape; OptionError
 * @example await writeNexus("frame.nxs", await ai.integrate1d(image, 1000), { inputs: ["frame.tif"] });
 * @see https://manual.nexusformat.org/classes/base_classes/NXdata.html
 */
export async function writeNexus(
  path: string,
  results: NexusResult | readonly NexusResult[],
  options: NexusOptions = {},
): Promise<void> {
  checkOptionNames(options, OPTIONS);
  const { compression = "gzip" } = options;
  const isSeries = Array.isArray(results);
  const patterns = (isSeries ? (results as readonly NexusResult[]) : [results as NexusResult]).map(
    patternOf,
  );
  const [first] = patterns;
  if (first === undefined) {
    throw new ShapeError("results", [1], [0], "give at least one result");
  }
  for (const pattern of patterns) checkPattern(pattern, first);
  const inputs = await inputsOf(options);
  const writer = await Hdf5Writer.create(path);
  try {
    writeEntry(writer, first, { title: options.title ?? titleOf(first), inputs });
    writeAxes(writer, first, isSeries);
    for (const [name, attributes] of signalsOf(first)) {
      const shape = isSeries ? [patterns.length, ...first.shape] : first.shape;
      const chunks = isSeries ? [1, ...first.shape] : first.shape;
      const data = stack(patterns.map((pattern) => valuesOf(pattern, name)));
      writer.dataset(`/entry/data/${name}`, data, { shape, chunks, compression, attributes });
    }
    if (isSeries) {
      const frames = Int32Array.from(patterns, (_, i) => i);
      writer.dataset("/entry/data/frame", frames, { shape: [frames.length] });
    }
    await writer.commit();
  } catch (error) {
    await writer.discard();
    throw error;
  }
}

/** The group of the data with its axes; `isSeries` puts frames before them. */
export function writeAxes(writer: Hdf5Writer, pattern: Pattern, isSeries: boolean): void {
  const { azimuthal, radial } = pattern;
  const axes = [
    ...(isSeries ? ["frame"] : []),
    ...(azimuthal === undefined ? [] : ["azimuthal"]),
    "radial",
  ];
  const indices = Object.fromEntries(axes.map((axis, i) => [`${axis}_indices`, i]));
  writer.group("/entry/data", { NX_class: "NXdata", signal: "intensity", axes, ...indices });
  writer.dataset("/entry/data/radial", radial, {
    shape: [radial.length],
    attributes: radialAttributes(pattern.unit),
  });
  if (azimuthal !== undefined) {
    writer.dataset("/entry/data/azimuthal", azimuthal, {
      shape: [azimuthal.length],
      attributes: pattern.azimuthalAttributes,
    });
  }
}

function stack(arrays: readonly Float64Array[]): Float64Array {
  const [first] = arrays;
  if (arrays.length === 1) return first!;
  const all = new Float64Array(arrays.length * first!.length);
  for (const [i, array] of arrays.entries()) all.set(array, i * array.length);
  return all;
}
