import type { Fields } from "./fields.js";
import { fieldsOf } from "./fields.js";
import { isObject, type JsonObject } from "./loose-json.js";

/** A geometry that a worker's configuration names or holds. */
export interface WorkerPoni {
  /** A PONI file whose entries come first. */
  readonly file: string | undefined;
  /** Lines of a PONI file; empty for none. */
  readonly lines: readonly string[];
}

/**
 * The geometry of a worker's configuration: in versions 4 and 5 under `poni`, before among the other
 * keys, in version 1 with pixel sizes and beside the path of a file.
 */
export function workerPoni(fields: Fields, version: number, path: string): WorkerPoni {
  const poni = fields.value("poni");
  if (isObject(poni)) return { file: undefined, lines: poniLines(fieldsOf(poni, path, "ai.poni")) };
  if (poni !== undefined && typeof poni !== "string") {
    throw fields.fail("poni", "a geometry or the path of a PONI file");
  }
  const lines = version < 2 ? firstLines(fields) : poniLines(fields);
  return { file: poni === "" ? undefined : poni, lines };
}

function poniLines(fields: Fields): string[] {
  const config = fields.value("detector_config");
  const detector = fields.text("detector");
  return [
    ...line("poni_version", fields.number("poni_version")),
    ...(detector === undefined ? [] : detectorLines(detector, isObject(config) ? config : {})),
    ...geometryLines(fields),
    ...line("Parallax", fields.flag("parallax")),
  ];
}

function firstLines(fields: Fields): string[] {
  const detector = fields.text("detector");
  const pixel1 = fields.number("pixel1");
  const pixel2 = fields.number("pixel2");
  const shape = fields.value("shape");
  const splineFile = fields.text("splineFile", "splinefile");
  const isGeneric = detector === undefined || detector.toLowerCase() === "detector";
  const pixels = {
    ...(pixel1 !== undefined && { pixel1 }),
    ...(pixel2 !== undefined && { pixel2 }),
    ...(shape !== undefined && { max_shape: shape }),
  };
  const isThere = detector !== undefined || pixel1 !== undefined;
  return [
    ...(isThere
      ? detectorLines(isGeneric ? "Detector" : detector, {
          ...(isGeneric ? pixels : {}),
          ...(splineFile === undefined ? {} : { splineFile }),
        })
      : []),
    ...geometryLines(fields),
  ];
}

function detectorLines(detector: string, config: JsonObject): string[] {
  return [`Detector: ${detector}`, `Detector_config: ${JSON.stringify(config)}`];
}

function geometryLines(fields: Fields): string[] {
  return [
    ...line("Distance", fields.number("dist", "distance")),
    ...line("Poni1", fields.number("poni1")),
    ...line("Poni2", fields.number("poni2")),
    ...line("Rot1", fields.number("rot1")),
    ...line("Rot2", fields.number("rot2")),
    ...line("Rot3", fields.number("rot3")),
    ...line("Wavelength", fields.number("wavelength")),
  ];
}

function line(key: string, value: number | boolean | undefined): string[] {
  return value === undefined ? [] : [`${key}: ${value}`];
}
