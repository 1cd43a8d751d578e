import { describe, expect, it, test } from "vitest";
import { parseLightform } from "../../src/config/lightform.js";
import { parseYaml } from "../../src/config/parse-yaml.js";

/** As LightForm's own files are laid out. */
const yaml = `file_paths:
    input_calibrant_file: raw/LaB6.tif
    # Input file path for the calibrant diffraction pattern image

    output_calibration_path: analysis/LaB6_pyFAI.poni
    input_path: raw/
    input_experiment_list:
    - Def_01
    - 103840
    glob_search_term: "*.cbf"
    output_path: analysis/
    output_experiment_list:
    - experiment01-deformation
    - 014_Ti64/111525
setup_inputs:
    beam_centre_x: 1034.850
    beam_centre_y: 1027.741
    sample_detector_distance: 1554.0496
    wl: 1.240000e-11
    pixel_x: 0.000200
    pixel_y: 0.000200
    calibrant_type: LaB6
    num_calibration_rings: 14
refinement_inputs:
    number_of_points: 10000
    number_of_cakes: 72
    pixel_size: 0.200
`;

test("LightForm's configuration", () => {
  const config = parseLightform(yaml, "config.yaml");
  expect(config.file_paths.input_experiment_list).toEqual(["Def_01", "103840"]);
  expect(config.file_paths.glob_search_term).toBe("*.cbf");
  expect(config.setup_inputs).toEqual({
    beam_centre_x: 1034.85,
    beam_centre_y: 1027.741,
    sample_detector_distance: 1554.0496,
    wl: 1.24e-11,
    pixel_x: 0.0002,
    pixel_y: 0.0002,
    calibrant_type: "LaB6",
    num_calibration_rings: 14,
  });
  expect(config.refinement_inputs.number_of_cakes).toBe(72);
  expect(config.processing.mask).toBeUndefined();
  const more = `${yaml}processing:\n  first_cake_angle: 0\n  order: anticlockwise\n  radial_range: [2, 8]\n`;
  expect(parseLightform(more, "c").processing).toMatchObject({
    first_cake_angle: 0,
    order: "anticlockwise",
    radial_range: [2, 8],
  });
});

describe("says what is wrong with", () => {
  it.each([
    ["wl: 1.240000e-11", "wll: 1e-11", "there is no setup_inputs.wll; did you mean wl"],
    ["wl: 1.240000e-11", "wl: -1", "setup_inputs.wl is to be above 0, not -1"],
    ["wl: 1.240000e-11", "wl: 0.124 A", 'setup_inputs.wl is to be above 0, not "0.124 A"'],
    ["number_of_cakes: 72", "number_of_cakes: 7.5", "is to be a whole number above 0, not 7.5"],
    ["number_of_cakes: 72", "", "refinement_inputs.number_of_cakes is missing"],
    ["    - 103840\n", "", "names 1 experiments to read (input_experiment_list) and 2 to write"],
    [
      'glob_search_term: "*.cbf"',
      "glob_search_term: *.cbf",
      "put a text that begins with * in quotes",
    ],
    ["output_path: analysis/", 'output_path: "a\\0b"', "a text without NUL"],
    ["pixel_size: 0.200", "pixel_size: 0.2\n    pixel_size: 0.3", "Map keys must be unique"],
    [
      "refinement_inputs:",
      "refinment_inputs:",
      "there is no refinment_inputs; did you mean refinement_inputs",
    ],
  ])("%s → %s", (from, to, message) => {
    expect(yaml).toContain(from);
    expect(() => parseLightform(yaml.replace(from, to), "config.yaml")).toThrow(message);
  });
});

describe("YAML is strict (fault 16)", () => {
  it("numbers and words as YAML 1.2 has them", () => {
    expect(parseYaml("[010, 1_000, no, 0o17, 1e3, .5, ~]", "c")).toEqual([
      ...[10, "1_000", "no", 15, 1000, 0.5, null],
    ]);
  });

  it.each([
    ["an alias", "a: &a [1]\nb: *a"],
    [
      "an alias bomb",
      `a: &a [1,1,1,1,1,1,1,1,1]\n${[..."bcdefghij"].map((c, i) => `${c}: &${c} [${Array(9).fill(`*${"abcdefghi"[i]}`)}]`).join("\n")}`,
    ],
    ["a key that comes twice", "a: 1\na: 2"],
    ["a function", "a: !!js/function 'function () {}'"],
    ["a tag of its own", "a: !command rm"],
    ["tabs", "a:\n\t- 1"],
    ["two documents", "a: 1\n---\nb: 2"],
    ["an image's bytes", "x".repeat(2 ** 21)],
  ])("refuses %s", (_, text) => {
    const start = performance.now();
    expect(() => parseYaml(text, "c.yaml")).toThrow(/^c\.yaml: /);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

test("a key cannot change what objects inherit (fault 17)", () => {
  for (const key of ["__proto__", "constructor", "toString"]) {
    const text = `${yaml}${key}:\n  polluted: 1\n`;
    expect(() => parseLightform(text, "c")).toThrow(`there is no ${key}`);
  }
  const inside = yaml.replace(
    "    pixel_size: 0.200",
    "    pixel_size: 0.2\n    __proto__: {polluted: 1}",
  );
  expect(() => parseLightform(inside, "c")).toThrow("there is no refinement_inputs.__proto__");
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});
