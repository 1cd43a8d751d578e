import type { JsonSchema } from "./json-schema.js";
import { DIFFRACTOGRAM_UNITS } from "./unit.js";

const NUMBERS: JsonSchema = { type: "array", items: { type: "number" } };
const CURVE: JsonSchema = {
  type: "array",
  prefixItems: [NUMBERS, NUMBERS],
  minItems: 2,
  items: false,
};
const LIMITS: JsonSchema = {
  type: ["array", "null"],
  items: { type: "number" },
  minItems: 2,
  maxItems: 2,
};

/** JSON Schema of `ToolResults`, what LaVue's diffractogram tool tells of an image. */
export const toolResultsSchema: JsonSchema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "Results of LaVue's diffractogram tool",
  type: "object",
  required: ["tool", "imagename", "timestamp", "nrdiffs", "calibration", "unit"],
  properties: {
    tool: { const: "diffractogram" },
    imagename: { type: "string" },
    timestamp: { description: "seconds since 1970", type: "number" },
    nrdiffs: { description: "number of diffractograms", type: "integer", minimum: 0 },
    calibration: { description: "path of the PONI file", type: "string" },
    unit: { description: "of the radial axis", enum: DIFFRACTOGRAM_UNITS },
  },
  patternProperties: {
    "^diff_[1-9][0-9]*$": { description: "[[x…], [y…]]", ...CURVE },
    "^radial_range_[1-9][0-9]*$": { description: "in the unit; null: no limits", ...LIMITS },
    "^azimuth_range_[1-9][0-9]*$": { description: "in degrees; null: no limits", ...LIMITS },
    "^peaks_[1-9][0-9]*$": { description: "[[x…], [y…]], the highest first", ...CURVE },
    "^peaks_[1-9][0-9]*_error$": {
      description: "largest step of the radial axis",
      type: "number",
      minimum: 0,
    },
  },
  additionalProperties: false,
};
