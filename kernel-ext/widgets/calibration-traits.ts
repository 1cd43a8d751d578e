import { colorTraits } from "./color-view.js";
import type { TraitTable } from "./trait-spec.js";

/** The traits that are the geometry: metres and radians. */
export const GEOMETRY_TRAITS = ["dist", "poni1", "poni2", "rot1", "rot2", "rot3"] as const;

/** What the kernel and the page share of a calibration. */
export const calibrationTraits: TraitTable = {
  ...colorTraits,
  width: { type: "number", default: 1100 },
  height: { type: "number", default: 440 },
  ...Object.fromEntries(GEOMETRY_TRAITS.map((name) => [name, { type: "number", default: 0 }])),
  wavelength: { type: "number", default: 1e-10 },
  polarization_factor: { type: "number", nullable: true },
  fix: { type: "list", of: { type: "string" }, default: [] },
  calibrant: { type: "string", default: "" },
  max_rings: { type: "integer", nullable: true },
  points: { type: "any", default: [] },
  ring: { type: "integer", default: 0 },
  poni: { type: "string", default: "" },
  calibrants: { type: "list", of: { type: "string" }, default: [] },
  lattice: { type: "string", default: "" },
  spacings: { type: "any", default: [] },
  progress: { type: "string", default: "" },
  failure: { type: "any", nullable: true },
  summary: { type: "any", nullable: true },
  file: { type: "string", default: "calibration.poni" },
  report_file: { type: "string", default: "calibration.html" },
};
