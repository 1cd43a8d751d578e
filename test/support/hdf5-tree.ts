import { openDataset, readSlice } from "../../src/hdf5/dataset.js";
import { Hdf5File } from "../../src/hdf5/hdf5-file.js";
import { readAttribute, readSmallDataset } from "../../src/hdf5/small-values.js";

/** Everything in an HDF5 file by its path, attributes as `path@name`; links are not followed. */
export async function hdf5Tree(path: string): Promise<Map<string, unknown>> {
  const file = await Hdf5File.open(path);
  const tree = new Map<string, unknown>();
  const attributes = (at: string): void => {
    const names = file.call(at, (module, id) => module.get_attribute_names(id, at));
    for (const name of names) tree.set(`${at}@${name}`, readAttribute(file, at, name));
  };
  const walk = (group: string): void => {
    attributes(group);
    for (const name of file.names(group)) {
      const at = group === "/" ? `/${name}` : `${group}/${name}`;
      const link = file.ask(at, (module, id) => module.get_external_link(id, at));
      if (link?.filename !== undefined) {
        tree.set(at, link);
        continue;
      }
      const members = file.ask(at, (module, id) => module.get_names(id, at, false));
      if (members !== undefined) walk(at);
      else {
        attributes(at);
        tree.set(at, valuesOf(file, at));
      }
    }
  };
  try {
    walk("/");
  } finally {
    file.close();
  }
  return tree;
}

function valuesOf(file: Hdf5File, at: string): unknown {
  try {
    const dataset = openDataset(file, at);
    const { shape, dtype, filters, chunks } = dataset;
    const start = shape.map(() => 0);
    return { shape, dtype, filters, chunks, data: readSlice(dataset, start, shape) };
  } catch {
    return readSmallDataset(file, at);
  }
}

const TIMES = /(file_time|start_time|end_time|date)$/;

/** The same without what tells the time. */
export async function timelessTree(path: string): Promise<Map<string, unknown>> {
  const tree = await hdf5Tree(path);
  return new Map([...tree].filter(([at]) => !TIMES.test(at)));
}
