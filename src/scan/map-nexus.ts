import type { Image } from "../array.js";
import { Hdf5Writer } from "../hdf5/hdf5-writer.js";
import { version } from "../version.js";
import type { CircleMap } from "./circle-map.js";
import type { CompositeMap } from "./composite-map.js";
import { describeMap } from "./describe-map.js";

/** Rows and columns of a compressed chunk. */
const CHUNK = 256;

/** Writes a map as NeXus; the composite picture, or the sums of a ring, are its default plot. */
export async function writeMapNexus(path: string, map: CompositeMap | CircleMap): Promise<void> {
  const writer = await Hdf5Writer.create(path);
  try {
    const plot = map.kind === "composite" ? "composite" : "sum";
    writer.attributes("/", {
      NX_class: "NXroot",
      default: "entry",
      creator: `cakelab ${version}`,
      file_time: new Date().toISOString(),
    });
    writer.group("/entry", { NX_class: "NXentry", default: plot });
    const description = describeMap(map);
    writer.texts("/entry/title", description.Title!);
    writer.texts("/entry/program_name", "cakelab", { version });
    if (map.kind === "composite") writeComposite(writer, map);
    writeSums(writer, map);
    writer.group("/entry/process", { NX_class: "NXprocess" });
    writer.texts("/entry/process/program", "cakelab");
    writer.texts("/entry/process/version", version);
    writer.texts("/entry/process/date", new Date().toISOString());
    writer.group("/entry/process/configuration", { NX_class: "NXcollection" });
    for (const [name, value] of Object.entries(description)) {
      writer.texts(`/entry/process/configuration/${name}`, value);
    }
    writer.texts("/entry/process/configuration/inputfiles", map.files);
    await writer.commit();
  } catch (error) {
    await writer.discard();
    throw error;
  }
}

/** The axes count points of the scan: the middle of a tile is a whole number. */
function writeComposite(writer: Hdf5Writer, { composite, tile }: CompositeMap): void {
  writer.group("/entry/composite", {
    NX_class: "NXdata",
    signal: "composite",
    axes: ["slow", "fast"],
    slow_indices: 0,
    fast_indices: 1,
  });
  writeImage(writer, "/entry/composite/composite", composite);
  for (const [i, name] of ["slow", "fast"].entries()) {
    const size = tile[i]!;
    const length = composite.shape[i]!;
    const places = Float64Array.from({ length }, (_, pixel) => (pixel + 0.5) / size - 0.5);
    writer.dataset(`/entry/composite/${name}`, places, { shape: [length] });
  }
}

function writeSums(writer: Hdf5Writer, map: CompositeMap | CircleMap): void {
  const signals = { sum: map.sum, ...(map.kind === "circle" ? { mean: map.mean } : {}) };
  writer.group("/entry/sum", {
    NX_class: "NXdata",
    signal: "sum",
    axes: ["slow", "fast"],
    slow_indices: 0,
    fast_indices: 1,
    ...(map.kind === "circle" ? { auxiliary_signals: ["mean"] } : {}),
  });
  for (const [name, image] of Object.entries(signals)) {
    writeImage(writer, `/entry/sum/${name}`, image);
  }
  const pointer = { data: map.pointer, shape: map.sum.shape };
  writeImage(writer, "/entry/sum/map_ptr", pointer);
  for (const [i, name] of ["slow", "fast"].entries()) {
    const points = Float64Array.from({ length: map.shape[i]! }, (_, point) => point);
    writer.dataset(`/entry/sum/${name}`, points, { shape: [points.length] });
  }
}

function writeImage(writer: Hdf5Writer, path: string, { data, shape }: Image): void {
  writer.dataset(path, data, {
    shape,
    chunks: shape.map((size) => Math.min(size, CHUNK)),
    compression: "gzip",
    attributes: { interpretation: "image" },
  });
}
