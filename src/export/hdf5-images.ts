import type { Image, TypedArray } from "../array.js";
import { OptionError, ShapeError } from "../errors.js";
import { Hdf5Writer } from "../hdf5/hdf5-writer.js";
import type { Hdf5Compression } from "../hdf5/write-types.js";
import { checkOptionNames } from "../option-names.js";
import { version } from "../version.js";

/** How images are written. */
export interface Hdf5ImageOptions {
  /** Of the chunks, one for each frame. Default `"bitshuffle-lz4"`, as Eiger detectors do. */
  readonly compression?: Hdf5Compression;
}

const DATA = "/entry/instrument/detector/data";
/** Frames between two looks at what was written. */
const flushEvery = 16;

/**
 * Writes an image, or all of a series, as one NeXus stack: `/entry/instrument/detector/data`, with an
 * `NXdata` to which the `default` attributes lead. The header of the first image goes along. The file
 * is whole, and was read back, or there is none.
 *
 * @throws OutputError; ShapeError and OptionError for images that differ in shape or element type.
 * @example await writeHdf5("scan.h5", openSeries("scan_*.tif"));
 */
export async function writeHdf5(
  path: string,
  images: Image | Iterable<Image> | AsyncIterable<Image>,
  options: Hdf5ImageOptions = {},
): Promise<void> {
  checkOptionNames(options, ["compression"]);
  const { compression = "bitshuffle-lz4" } = options;
  const writer = await Hdf5Writer.create(path);
  try {
    let frames = 0;
    let first: Image | undefined;
    for await (const image of "data" in images ? [images] : images) {
      if (first === undefined) {
        writeHead(writer, image, compression);
        first = image;
      }
      checkImage(image, first);
      writer.resize(DATA, [frames + 1, ...image.shape]);
      writer.write(DATA, image.data, [frames, 0, 0], [1, ...image.shape]);
      if (++frames % flushEvery === 0) await writer.flush();
    }
    if (frames === 0) throw new ShapeError("images", [1], [0], "give at least one image");
    await writer.commit();
  } catch (error) {
    await writer.discard();
    throw error;
  }
}

function writeHead(writer: Hdf5Writer, image: Image, compression: Hdf5Compression): void {
  writer.attributes("/", { NX_class: "NXroot", default: "entry", creator: `cakelab ${version}` });
  writer.group("/entry", { NX_class: "NXentry", default: "data" });
  writer.group("/entry/instrument", { NX_class: "NXinstrument" });
  writer.group("/entry/instrument/detector", { NX_class: "NXdetector" });
  const Samples = image.data.constructor as new (length: number) => TypedArray;
  writer.dataset(DATA, new Samples(0), {
    shape: [0, ...image.shape],
    chunks: [1, ...image.shape],
    isExtendable: true,
    compression,
    attributes: { interpretation: "image", long_name: "counts", units: "counts" },
  });
  writer.group("/entry/data", {
    NX_class: "NXdata",
    signal: "data",
    axes: [".", ".", "."],
  });
  writer.softLink(DATA, "/entry/data/data");
  const header = Object.entries(image.header ?? {});
  if (header.length === 0) return;
  const group = "/entry/instrument/detector/header";
  writer.group(group, { NX_class: "NXcollection" });
  const names = new Set<string>();
  for (const [name, value] of header) {
    // A slash would begin a group, and names are told apart by what is left.
    const key = name.replace(/[^\w.@-]+/g, "_").replace(/^\.+/, "");
    if (key === "" || names.has(key)) continue;
    names.add(key);
    writer.texts(`${group}/${key}`, value);
  }
}

function checkImage(image: Image, first: Image): void {
  if (image.shape.some((size, i) => size !== first.shape[i])) {
    throw new ShapeError("images", first.shape, image.shape, "write them to different files");
  }
  const [type, firstType] = [image, first].map(({ data }) => data.constructor.name);
  if (type !== firstType) {
    throw new OptionError("images", type, `one has ${type}, others ${firstType}; write them apart`);
  }
}
