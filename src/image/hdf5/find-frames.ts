import { FileFormatError } from "../../errors.js";
import { type Hdf5Dataset, openDataset } from "../../hdf5/dataset.js";
import type { Hdf5File } from "../../hdf5/hdf5-file.js";
import { readAttribute, readText } from "../../hdf5/small-values.js";
import { reportNotice } from "../../notice.js";
import { memberType, reachableType } from "./member-type.js";

/** Places where detectors write their frames, where no `default` attribute leads to them. */
const USUAL = [
  "/entry/data/data",
  "/entry/instrument/detector/data",
  "/exchange/data",
  "/entry/data",
  "/entry_0000/measurement/data",
  "/data",
];
/** Eiger's master files link to as many files as the frames fill. */
const NUMBERED = /^data_\d+$/;
const mostObjects = 5000;
const mostDepth = 12;

/**
 * The datasets that hold a file's frames, in order: what `at` names (a dataset, or a group in which
 * is looked), else Eiger's numbered ones, what the `default` attributes lead to, the usual places,
 * and the only dataset that can be images.
 *
 * @throws FileFormatError where there is none, or several are alike.
 */
export function findFrames(file: Hdf5File, at: string | undefined): Hdf5Dataset[] {
  if (at !== undefined) return framesAt(file, at);
  const numbered = numberedIn(file, "/entry/data") ?? numberedIn(file, "/entry");
  if (numbered !== undefined) return numbered;
  const byDefault = defaultSignal(file, "/", 0);
  if (byDefault !== undefined) return [byDefault];
  for (const path of USUAL) {
    const dataset = imagesAt(file, path);
    if (dataset !== undefined) return [dataset];
  }
  return [onlyImages(file, "/")];
}

function framesAt(file: Hdf5File, at: string): Hdf5Dataset[] {
  const place = file.resolve(at);
  if (memberType(place.file, place.path) === "dataset") {
    return [checkImages(openDataset(place.file, place.path))];
  }
  const numbered = numberedIn(place.file, place.path);
  if (numbered !== undefined) return numbered;
  const byDefault = defaultSignal(place.file, place.path, 0);
  return [byDefault ?? onlyImages(place.file, place.path)];
}

function checkImages(dataset: Hdf5Dataset): Hdf5Dataset {
  const { shape, path, file } = dataset;
  if (shape.length >= 2 && shape.every((size) => size > 0)) return dataset;
  throw new FileFormatError(
    file.path,
    `${path} has the shape [${shape.join(", ")}], and images have 2 dimensions or more; name another dataset as ${file.path}::/path`,
  );
}

/** The dataset at a path if there is one and it can be images. */
function imagesAt(file: Hdf5File, path: string): Hdf5Dataset | undefined {
  if (!exists(file, path)) return undefined;
  const place = file.resolve(path);
  if (memberType(place.file, place.path) !== "dataset") return undefined;
  return imagesOrNothing(place.file, place.path);
}

function imagesOrNothing(file: Hdf5File, path: string): Hdf5Dataset | undefined {
  try {
    return checkImages(openDataset(file, path));
  } catch (error) {
    // Titles, times and spectra are no images.
    if (error instanceof FileFormatError) return undefined;
    throw error;
  }
}

function exists(file: Hdf5File, path: string): boolean {
  let at = "";
  for (const name of path.split("/").slice(1)) {
    at += `/${name}`;
    if (memberType(file, at) === undefined) return false;
  }
  return true;
}

/** Eiger's `data_000001` and on; the last ones may be missing after a run that was stopped. */
function numberedIn(file: Hdf5File, group: string): Hdf5Dataset[] | undefined {
  if (!exists(file, group)) return undefined;
  const place = file.resolve(group);
  if (memberType(place.file, place.path) !== "group") return undefined;
  const names = place.file
    .names(place.path)
    .filter((name) => NUMBERED.test(name))
    .sort((a, b) => Number(a.slice(5)) - Number(b.slice(5)));
  if (names.length === 0) return undefined;
  const path = (name: string): string => `${place.path === "/" ? "" : place.path}/${name}`;
  const there = names.map((name) => reachableType(place.file, path(name)) !== undefined);
  const last = there.lastIndexOf(true);
  if (last >= 0 && last < names.length - 1) {
    reportNotice(
      `${file.path}: the files of ${names[last + 1]} and on are not there, so the series ends with ${names[last]}`,
    );
  }
  return names
    .slice(0, Math.max(last, 0) + 1)
    .map((name) => checkImages(openDataset(place.file, path(name))));
}

/** Follows the `default` attributes to an NXdata and its `signal`. */
function defaultSignal(file: Hdf5File, group: string, depth: number): Hdf5Dataset | undefined {
  if (depth > mostDepth) return undefined;
  const inside = (name: string): string => (group === "/" ? `/${name}` : `${group}/${name}`);
  const signal = readText(file, group, "signal");
  const next = readText(file, group, "default");
  for (const name of [signal, next]) {
    if (name === undefined || name === ".") continue;
    const path = name.startsWith("/") ? name : inside(name);
    if (!exists(file, path)) continue;
    const place = file.resolve(path);
    const found =
      memberType(place.file, place.path) === "dataset"
        ? imagesOrNothing(place.file, place.path)
        : defaultSignal(place.file, place.path, depth + 1);
    if (found !== undefined) return found;
  }
  if (readText(file, group, "NX_class") !== "NXdata") return undefined;
  // Before 2014 the signal itself said that it is one.
  const marked = file
    .names(group)
    .map(inside)
    .find((path) => String(readAttribute(file, path, "signal")?.[0]) === "1");
  return marked === undefined ? undefined : imagesAt(file, marked);
}

/** The dataset that can be images in a group and those in it, if there is but one, or one is alone in having most dimensions. */
function onlyImages(file: Hdf5File, group: string): Hdf5Dataset {
  const found = new Map<string, Hdf5Dataset>();
  let objects = 0;
  const walk = (at: string, depth: number): void => {
    if (depth > mostDepth) return;
    for (const name of file.names(at)) {
      if (++objects > mostObjects) return;
      const path = at === "/" ? `/${name}` : `${at}/${name}`;
      const type = reachableType(file, path);
      if (type === undefined) continue;
      const place = file.resolve(path);
      if (type === "group" && place.file === file && place.path === path) walk(path, depth + 1);
      if (type !== "dataset") continue;
      const dataset = imagesOrNothing(place.file, place.path);
      if (dataset !== undefined) found.set(`${dataset.file.path}::${dataset.path}`, dataset);
    }
  };
  walk(group, 0);
  const all = [...found.values()];
  const most = Math.max(...all.map(({ shape }) => shape.length));
  const stacks = all.filter(({ shape }) => shape.length === most);
  if (stacks.length === 1) return stacks[0]!;
  const paths = all.slice(0, 8).map(({ path, shape }) => `${path} [${shape.join(", ")}]`);
  throw new FileFormatError(
    file.path,
    all.length === 0
      ? `holds no images in ${group}: no numeric dataset of 2 dimensions or more`
      : `holds several datasets that may be its images, ${paths.join(", ")}; name one as ${file.path}::${all[0]!.path}`,
  );
}
