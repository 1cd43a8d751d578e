import { MOST_RANGES } from "./diffractogram-settings.js";
import { anyCase, type JsonSchema } from "./json-schema.js";
import { MOST_ROWS } from "./pattern-buffer.js";
import { DIFFRACTOGRAM_UNITS, TOOL_UNITS } from "./unit.js";

const END: JsonSchema = { type: ["number", "null"] };

/** JSON Schema of `ToolConfiguration`, what LaVue's diffractogram tool is configured with. */
export const toolConfigurationSchema: JsonSchema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "Configuration of LaVue's diffractogram tool",
  type: "object",
  properties: {
    calibration: { description: "path of a PONI file", type: "string" },
    diff_number: {
      description: "number of diffractograms",
      type: "integer",
      minimum: 0,
      maximum: MOST_RANGES,
    },
    diff_ranges: {
      description:
        "azimuth start and end, 2θ start and end, in degrees whatever the unit; null leaves an end open",
      type: "array",
      maxItems: MOST_RANGES,
      items: { type: "array", prefixItems: [END, END, END, END], minItems: 4, items: false },
    },
    diff_units: {
      description: `unit of the radial axis: ${TOOL_UNITS.join(", ")}, or pyFAI's name of it`,
      type: "string",
      pattern: `^${anyCase([...TOOL_UNITS, ...DIFFRACTOGRAM_UNITS])}$`,
    },
    buffering: { description: "whether the controls of the buffers are shown", type: "boolean" },
    buffer_size: {
      description: "patterns that a buffer keeps",
      type: "integer",
      minimum: 1,
      maximum: MOST_ROWS,
    },
    collect: { description: "whether patterns go into the buffers", type: "boolean" },
    show_diff: { description: "whether each image is integrated", type: "boolean" },
    main_plot: {
      description: "image, or buffer 1, buffer 2 and so on",
      type: "string",
      pattern: `^(${anyCase(["image"])}|${anyCase(["buffer"])} [1-9][0-9]{0,5})$`,
    },
    stop_diff: { description: "true: stops what show_diff begins", type: "boolean" },
    next: { description: "true: integrates the last image once", type: "boolean" },
    reset: { description: "true: empties the buffers", type: "boolean" },
  },
};
