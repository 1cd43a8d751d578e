import { CakelabError } from "../../errors.js";
import type { Hdf5File } from "../../hdf5/hdf5-file.js";
import { readSmallDataset, readText, type SmallValues } from "../../hdf5/small-values.js";
import { reachableType } from "./member-type.js";

/** Values beside the frames: those of the whole file, and those that each frame has its own of. */
export interface HeaderValues {
  /** The header of a frame. */
  of(frame: number): Record<string, string>;
}

const mostValues = 400;
const mostDepth = 5;

/** Names that headers of all formats share, and where NeXus has them. */
const SHARED: readonly (readonly [name: string, path: RegExp])[] = [
  ["exposure_time", /(^|\/)detector\/(count_time|exposure_time|acquisition_time)$/],
  ["wavelength", /(^|\/)(beam\/incident_wavelength|monochromator\/wavelength)$/],
  ["distance", /(^|\/)detector\/(detector_)?distance$/],
  ["monitor", /^(control|monitor)\/(data|integral)$/],
];

/**
 * The numbers and texts of an entry (exposure, wavelength, motors, monitor, time), by their path in it
 * and by their name alone where only one has it. A value for each frame is told apart by its length.
 * Exposure, wavelength, distance and monitor have the names that `headerValue` knows too, and `pixel_mask` is the address of the detector's mask. Units lie in `<name>@units`. What cannot be read is left out: it is not the image.
 */
export function headerValues(file: Hdf5File, entry: string, frames: number): HeaderValues {
  const found = new Map<string, { values: SmallValues; units: string | undefined }>();
  let pixelMask: string | undefined;
  const walk = (group: string, depth: number): void => {
    for (const name of namesIn(file, group)) {
      if (found.size >= mostValues) return;
      const path = group === "/" ? `/${name}` : `${group}/${name}`;
      const type = reachableType(file, path);
      if (type === undefined) continue;
      const place = file.resolve(path);
      if (type === "group") {
        // Through links one would come to values twice, and in a circle.
        if (depth < mostDepth && place.file === file && place.path === path) walk(path, depth + 1);
        continue;
      }
      if (name === "pixel_mask") pixelMask ??= `${place.file.path}::${place.path}`;
      const values = smallValues(place.file, place.path, frames);
      if (values === undefined) continue;
      const units = quietly(() => readText(place.file, place.path, "units"));
      found.set(path.slice(entry === "/" ? 1 : entry.length + 1), { values, units });
    }
  };
  walk(entry, 0);

  const names = new Map<string, number>();
  const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
  for (const path of found.keys()) {
    names.set(nameOf(path), (names.get(nameOf(path)) ?? 0) + 1);
  }
  return {
    of(frame) {
      const header: Record<string, string> =
        pixelMask === undefined ? {} : { pixel_mask: pixelMask };
      for (const [path, { values, units }] of found) {
        const value = String(values[values.length === 1 ? 0 : frame]);
        const name = nameOf(path);
        for (const key of names.get(name) === 1 ? [path, name] : [path]) {
          header[key] = value;
          if (units !== undefined) header[`${key}@units`] = units;
        }
        const shared = SHARED.find(([, where]) => where.test(path))?.[0];
        if (shared !== undefined)
          header[shared] = units === undefined ? value : `${value} ${units}`;
      }
      return header;
    },
  };
}

/** The group that holds everything of a measurement: the first NXentry above the frames. */
export function entryOf(path: string): string {
  const [, first] = path.split("/");
  const isAtTop = path.lastIndexOf("/") === 0;
  return isAtTop || first === undefined ? "/" : `/${first}`;
}

function namesIn(file: Hdf5File, group: string): string[] {
  return quietly(() => file.names(group)) ?? [];
}

function smallValues(file: Hdf5File, path: string, frames: number): SmallValues | undefined {
  return quietly(() => {
    const { shape } = file.call(path, (module, id) => module.get_dataset_metadata(id, path));
    const count = shape?.reduce((all, n) => all * n, 1);
    const isPerFrame = shape?.length === 1 && count === frames;
    if (count !== 1 && !isPerFrame) return undefined;
    return readSmallDataset(file, path);
  });
}

function quietly<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof CakelabError) return undefined;
    throw error;
  }
}
