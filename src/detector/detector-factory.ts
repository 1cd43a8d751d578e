import { findModel } from "./catalogue/find-model.js";
import { catalogueDetector } from "./catalogue-detector.js";
import { cornerDetector } from "./corner-detector.js";
import type { Detector } from "./detector.js";
import { pixelDetector } from "./pixel-detector.js";
import { checkSpec, type DetectorSpec } from "./spec.js";

/**
 * A detector: by name from the catalogue of pyFAI's 109 models, by pixel size, or by the corners of
 * its pixels. Lengths in metres.
 *
 * ```ts
 * detector("Pilatus 1M");
 * detector({ name: "RayonixSx165", pixel1: 79e-6, pixel2: 79e-6, orientation: 2 });
 * detector({ pixel1: 296e-6, pixel2: 296e-6, shape: [1441, 1440] });
 * detector({ corners: { data, shape: [rows, columns, 4, 3] } });
 * ```
 *
 * @throws OptionError for a name that is not known (it suggests the nearest ones) and for a property
 * that is not what it should be.
 */
export function detector(spec: string | DetectorSpec): Detector {
  if (typeof spec === "string") return catalogueDetector(findModel(spec), { name: spec });
  checkSpec(spec);
  if ("corners" in spec) return cornerDetector(spec);
  if ("name" in spec) return catalogueDetector(findModel(spec.name), spec);
  return pixelDetector(spec);
}
