import type { Image, TypedArray } from "../../array.js";
import { ShapeError } from "../../errors.js";
import { checkOptionNames } from "../../option-names.js";
import { version } from "../../version.js";
import { type InputFile, inputsOf } from "../nexus/input-files.js";
import { radialAttributes } from "../nexus/nexus-units.js";
import { type NexusResult, type Pattern, patternOf } from "../nexus/pattern.js";
import { poniText } from "../nexus/poni-text.js";
import { checkPattern, signalsOf, titleOf, valuesOf } from "../nexus/signals.js";
import { ZarrFolder } from "./zarr-folder.js";

/** What goes into a store besides the results. */
export interface ZarrOptions {
  /** Default: a line that says what the data are. */
  readonly title?: string;
  /** The files that the results were made from, as paths, addresses or sources of frames. */
  readonly inputs?: readonly string[];
  /** Whether the SHA-256 of every input is computed and written. Default true. */
  readonly checksums?: boolean;
}

/**
 * Writes results as a Zarr store of version 3, a folder: the same arrays and names as `writeNexus`,
 * with named dimensions, and the calibration, options, versions and checksums as attributes. The store
 * is whole or not there.
 *
 * @throws OutputError; ShapeError for results that differ in shape; OptionError
 * @example await writeZarr("scan.zarr", results, { inputs: ["scan.h5"] });
 */
export async function writeZarr(
  path: string,
  results: NexusResult | readonly NexusResult[],
  options: ZarrOptions = {},
): Promise<void> {
  checkOptionNames(options, ["title", "inputs", "checksums"]);
  const isSeries = Array.isArray(results);
  const patterns = (isSeries ? (results as readonly NexusResult[]) : [results as NexusResult]).map(
    patternOf,
  );
  const [first] = patterns;
  if (first === undefined) throw new ShapeError("results", [1], [0], "give at least one result");
  for (const pattern of patterns) checkPattern(pattern, first);
  const inputs = await inputsOf(options);
  await whole(path, async (store) => {
    await store.group("", attributesOf(first, options.title ?? titleOf(first), inputs));
    const axes = first.azimuthal === undefined ? ["radial"] : ["azimuthal", "radial"];
    await single(store, "radial", first.radial, radialAttributes(first.unit));
    if (first.azimuthal !== undefined) {
      await single(store, "azimuthal", first.azimuthal, first.azimuthalAttributes);
    }
    for (const [name, attributes] of signalsOf(first)) {
      const shape = isSeries ? [patterns.length, ...first.shape] : first.shape;
      const dimensions = isSeries ? ["frame", ...axes] : axes;
      const frames = patterns.map((pattern) => valuesOf(pattern, name));
      await store.array(name, frames[0]!, { shape, dimensions, attributes }, isSeries ? 1 : 0);
      for (const [frame, values] of frames.entries()) {
        const place = shape.map((_, i) => (isSeries && i === 0 ? frame : 0));
        await store.chunk(name, place, values);
      }
    }
  });
}

/**
 * Writes images of one shape and element type as the array `data` of a Zarr store of version 3, one
 * chunk each. The store is whole or not there.
 *
 * @throws OutputError; ShapeError for images that differ in shape or element type.
 * @example await writeZarrImages("scan.zarr", [await readImage("a.tif"), await readImage("b.tif")]);
 */
export async function writeZarrImages(
  path: string,
  images: Image | Iterable<Image> | AsyncIterable<Image>,
): Promise<void> {
  await whole(path, async (store) => {
    let first: Image | undefined;
    let frames = 0;
    for await (const image of "data" in images ? [images] : images) {
      first ??= image;
      const isAlike =
        image.data.constructor === first.data.constructor &&
        image.shape.every((size, i) => size === first!.shape[i]);
      if (!isAlike) {
        throw new ShapeError(
          "images",
          first.shape,
          image.shape,
          `${image.data.constructor.name} after ${first.data.constructor.name}: write images that differ in shape or element type to different stores`,
        );
      }
      await store.chunk("data", [frames++, 0, 0], image.data);
    }
    if (first === undefined) throw new ShapeError("images", [1], [0], "give at least one image");
    const dimensions = ["frame", "row", "column"];
    const attributes = { header: first.header ?? {} };
    await store.group("", { creator: `cakelab ${version}` });
    const array = { shape: [frames, ...first.shape], dimensions, attributes };
    await store.array("data", first.data, array, 1);
  });
}

async function whole(path: string, write: (store: ZarrFolder) => Promise<void>): Promise<void> {
  const store = await ZarrFolder.create(path);
  try {
    await write(store);
    await store.commit();
  } finally {
    await store.discard();
  }
}

async function single(
  store: ZarrFolder,
  name: string,
  data: TypedArray,
  attributes: Readonly<Record<string, unknown>>,
): Promise<void> {
  await store.array(name, data, { shape: [data.length], dimensions: [name], attributes }, 0);
  await store.chunk(name, [0], data);
}

function attributesOf(
  pattern: Pattern,
  title: string,
  inputs: readonly InputFile[],
): Record<string, unknown> {
  const { provenance, engine } = pattern;
  return {
    title,
    creator: `cakelab ${version}`,
    date: new Date().toISOString(),
    signal: "intensity",
    calibration: poniText(provenance),
    configuration: { ...provenance, engine },
    inputs,
  };
}
