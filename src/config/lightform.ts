import { ConfigError, parseYaml } from "./parse-yaml.js";
import {
  choice,
  count,
  number,
  optional,
  positive,
  range,
  readSection,
  text,
  texts,
} from "./section.js";

const filePaths = {
  input_calibrant_file: optional(text),
  output_calibration_path: text,
  input_path: text,
  input_experiment_list: texts,
  glob_search_term: text,
  output_path: text,
  output_experiment_list: texts,
};

const setupInputs = {
  beam_centre_x: number,
  beam_centre_y: number,
  sample_detector_distance: positive,
  wl: positive,
  pixel_x: positive,
  pixel_y: positive,
  calibrant_type: text,
  num_calibration_rings: optional(count),
};

const refinementInputs = {
  number_of_points: count,
  number_of_cakes: count,
  pixel_size: positive,
};

const processing = {
  mask: optional(text),
  mask_below: optional(number),
  first_cake_angle: optional(number),
  order: optional(choice<"clockwise" | "anticlockwise">(["clockwise", "anticlockwise"])),
  polarization: optional(number),
  radial_range: optional(range),
};

/** Where a beam time's files lie. */
export interface FilePaths {
  readonly input_calibrant_file: string | undefined;
  /** The `.poni`. */
  readonly output_calibration_path: string;
  readonly input_path: string;
  /** Folders in `input_path`. */
  readonly input_experiment_list: readonly string[];
  readonly glob_search_term: string;
  readonly output_path: string;
  /** Folders in `output_path`, as many as are read. */
  readonly output_experiment_list: readonly string[];
}

/** What the calibration starts from. */
export interface SetupInputs {
  /** Pixels from the corner of the first one in the file, along the rows and across them. */
  readonly beam_centre_x: number;
  readonly beam_centre_y: number;
  /** Millimetres. */
  readonly sample_detector_distance: number;
  /** Wavelength in metres. */
  readonly wl: number;
  /** Metres. */
  readonly pixel_x: number;
  readonly pixel_y: number;
  readonly calibrant_type: string;
  readonly num_calibration_rings: number | undefined;
}

/** How fine the results are. */
export interface RefinementInputs {
  readonly number_of_points: number;
  readonly number_of_cakes: number;
  /** Millimetres. */
  readonly pixel_size: number;
}

/** What LightForm's notebooks have in their cells; all may be left out. */
export interface Processing {
  /** A mask file. */
  readonly mask: string | undefined;
  /** Pixels below this are masked. */
  readonly mask_below: number | undefined;
  readonly first_cake_angle: number | undefined;
  readonly order: "clockwise" | "anticlockwise" | undefined;
  readonly polarization: number | undefined;
  /** Degrees of 2θ. */
  readonly radial_range: readonly [number, number] | undefined;
}

/** A configuration of LightForm's pyFAI-integration-caking, keys as there. */
export interface LightformConfig {
  readonly path: string;
  readonly file_paths: FilePaths;
  /** Only calibrating needs it. */
  readonly setup_inputs: SetupInputs | undefined;
  readonly refinement_inputs: RefinementInputs;
  readonly processing: Processing;
}

/** A section is read by itself. */
const anything = { read: (value: unknown): unknown => value };

/**
 * Reads LightForm's YAML, and a section `processing` of CakeLab's own for what their notebooks have in
 * cells: `mask`, `mask_below`, `first_cake_angle`, `order`, `polarization`, `radial_range`.
 *
 * @throws ConfigError
 * @see https://github.com/LightForm-group/pyFAI-integration-caking
 */
export function parseLightform(yaml: string, path: string): LightformConfig {
  const file = readSection(path, "", parseYaml(yaml, path), {
    file_paths: anything,
    setup_inputs: optional(anything),
    refinement_inputs: anything,
    processing: optional(anything),
  });
  const files = readSection(path, "file_paths", file.file_paths, filePaths);
  const inputs = files.input_experiment_list.length;
  const outputs = files.output_experiment_list.length;
  if (inputs !== outputs) {
    throw new ConfigError(
      path,
      `file_paths names ${inputs} experiments to read (input_experiment_list) and ${outputs} to write (output_experiment_list); name as many`,
    );
  }
  const setup = file.setup_inputs;
  return {
    path,
    file_paths: files,
    setup_inputs:
      setup === undefined ? undefined : readSection(path, "setup_inputs", setup, setupInputs),
    refinement_inputs: readSection(
      path,
      "refinement_inputs",
      file.refinement_inputs,
      refinementInputs,
    ),
    processing: readSection(path, "processing", file.processing ?? {}, processing),
  };
}
