import { FileFormatError } from "../errors.js";
import { openDataset, readSlice } from "../hdf5/dataset.js";
import { Hdf5File } from "../hdf5/hdf5-file.js";
import { readAttribute, readSmallDataset, readText } from "../hdf5/small-values.js";
import { nodeModule } from "../host/node.js";
import { checkOptionNames } from "../option-names.js";
import { frameReader, unknownFirsts } from "./frame-reader.js";
import { FIRST_FRAMES } from "./nexus/paths.js";
import { axisOf, radialOf } from "./nexus/read-axes.js";
import { readPatterns } from "./nexus/read-patterns.js";
import type { FailedFrame, Scan } from "./scan.js";
import { scanOfJournal } from "./scan-of-journal.js";

/** How a scan is opened. */
export interface OpenScanOptions {
  /** Folders, besides a file's own, in which what HDF5 images link to may lie. Default none. */
  readonly trustedFolders?: readonly string[];
}

/**
 * Reads a scan from a NeXus file: one of CakeLab's, also while it runs or after it was interrupted, or one
 * that pyFAI's diff_map has written.
 *
 * @throws FileAccessError, FileFormatError for a file that holds no scan
 * @example
 * const scan = await openScan("map.h5");
 * const pattern = scan.intensity.subarray(0, scan.radial.length); // of the first point
 */
export async function openScan(path: string, options: OpenScanOptions = {}): Promise<Scan> {
  checkOptionNames(options, ["trustedFolders"]);
  const { trustedFolders = [] } = options;
  const unfinished = scanOfJournal(path, trustedFolders);
  if (unfinished !== undefined) return unfinished;
  const file = await Hdf5File.open(path);
  try {
    const result = findResult(file);
    const process = result.slice(0, result.lastIndexOf("/"));
    const inside = file.names(result);
    const { radial, unit, isMap } = radialOf(file, result);
    const patterns = readPatterns(file, result, isMap);
    const [linesThere, columns] = patterns.shape;
    // A scan that runs has the lines that it has reached.
    const lines = Math.max(linesThere, wholeOf(file, `${process}/dim0`) ?? 0);
    const points = lines * columns;
    const size = patterns.intensity.length / (linesThere * columns);
    const offset = wholeOf(file, `${process}/offset`) ?? 0;
    const pointer = new Int32Array(points).fill(-1);
    if (inside.includes("map_ptr")) {
      const dataset = openDataset(file, `${result}/map_ptr`);
      pointer.set(readSlice(dataset, [0, 0], [linesThere, columns]));
    } else {
      for (let point = 0; point < points; point++) pointer[point] = offset + point;
    }
    const intensity = padded(patterns.intensity, points * size);
    const isOurs = file.names(process).includes(FIRST_FRAMES);
    for (let point = 0; point < points && !isOurs; point++) {
      // diff_map has frames from before the first point there, and 0 where there is no frame.
      const isThere = pointer[point]! >= offset && hasPattern(intensity, point, size);
      if (!isThere) pointer[point] = -1;
    }
    const failed = failedIn(file, process);
    const inputs = textsOf(file, process, "inputfiles");
    const folder = nodeModule("node:path").dirname(nodeModule("node:path").resolve(path));
    return {
      title: titleOf(file, result),
      shape: [lines, columns],
      slow: axisOf(file, result, "slow", lines, readRange(file, `${process}/dim0`)),
      fast: axisOf(file, result, "fast", columns, readRange(file, `${process}/dim1`)),
      radial,
      unit,
      ...(isMap && { azimuthal: readAll(file, `${result}/azimuthal`) }),
      intensity,
      ...(patterns.sigma && { sigma: padded(patterns.sigma, points * size) }),
      pointer,
      frames: points,
      framesDone: pointer.reduce((done, index) => done + (index >= 0 ? 1 : 0), 0),
      isRunning: false,
      failed,
      ...(inputs.length > 0 && {
        frame: frameReader(inputs, firstsIn(file, process, inputs), { trustedFolders, folder }),
      }),
    };
  } finally {
    file.close();
  }
}

/** diff_map's group, or the one to which the `default` attributes lead. */
function findResult(file: Hdf5File): string {
  const entries = file.names("/").filter((name) => !name.startsWith("."));
  const candidates = [
    ...entries.map((entry) => `/${entry}/pyFAI/result`),
    ...entries.flatMap((entry) => {
      const to = readText(file, `/${entry}`, "default");
      return to === undefined ? [] : [`/${entry}/${to}`];
    }),
  ];
  const found = candidates.find((path) => {
    const names = file.ask(path, (module, id) => module.get_names(id, path, false));
    return names?.includes("intensity") || names?.includes("map");
  });
  if (found !== undefined) return found;
  throw new FileFormatError(
    file.path,
    "holds no scan: no entry_0000/pyFAI/result with intensity, as diff_map writes it",
  );
}

function titleOf(file: Hdf5File, result: string): string {
  const title = file.names(result).includes("intensity")
    ? readText(file, `${result}/intensity`, "title")
    : undefined;
  return title?.replace(/ experiment with nbpt_slow: .*$/s, "") ?? "Diffraction Mapping";
}

function wholeOf(file: Hdf5File, path: string): number | undefined {
  const group = path.slice(0, path.lastIndexOf("/"));
  if (!file.names(group).includes(path.slice(group.length + 1))) return undefined;
  const [value] = readSmallDataset(file, path) ?? [];
  return typeof value === "number" ? value : undefined;
}

function readRange(file: Hdf5File, path: string): readonly number[] {
  const values = file.ask(path, () => readAttribute(file, path, "range")) ?? [];
  return values.filter((value) => typeof value === "number");
}

function readAll(file: Hdf5File, path: string): Float64Array {
  const dataset = openDataset(file, path);
  return Float64Array.from(readSlice(dataset, [0], dataset.shape));
}

function padded(values: Float32Array, length: number): Float32Array {
  if (values.length === length) return values;
  const all = new Float32Array(length).fill(Number.NaN);
  all.set(values);
  return all;
}

function hasPattern(intensity: Float32Array, point: number, size: number): boolean {
  for (let i = point * size; i < (point + 1) * size; i++) {
    if (!Number.isNaN(intensity[i])) return true;
  }
  return false;
}

function failedIn(file: Hdf5File, process: string): FailedFrame[] {
  if (!file.names(process).includes("failed")) return [];
  const indices = readSmallDataset(file, `${process}/failed/index`) ?? [];
  const messages = readSmallDataset(file, `${process}/failed/message`) ?? [];
  return indices.map((index, i) => ({ index: Number(index), message: String(messages[i]) }));
}

/** diff_map's files do not say it. */
function firstsIn(file: Hdf5File, process: string, inputs: readonly string[]): Int32Array {
  const firsts = unknownFirsts(inputs);
  if (!file.names(process).includes(FIRST_FRAMES)) return firsts;
  firsts.set((readSmallDataset(file, `${process}/${FIRST_FRAMES}`) ?? []).map(Number));
  return firsts;
}

function textsOf(file: Hdf5File, group: string, name: string): string[] {
  if (!file.names(group).includes(name)) return [];
  return (readSmallDataset(file, `${group}/${name}`) ?? []).map(String);
}
