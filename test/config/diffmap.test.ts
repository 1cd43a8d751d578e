import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { parseDiffMap } from "../../src/config/diffmap.js";
import { ConfigError } from "../../src/config/parse-yaml.js";
import { parsePoni } from "../../src/geometry/poni.js";
import { type NoticeHook, setNoticeHook } from "../../src/notice.js";

const folder = join(import.meta.dirname, "../fixtures/scan");
const read = (name: string): string => readFileSync(join(folder, name), "utf8");

interface Understood {
  readonly name: string;
  readonly config: object;
  readonly pyFAI: Readonly<Record<string, unknown>> & {
    readonly poni: Readonly<Record<string, unknown>> & {
      readonly detector_config: Readonly<Record<string, unknown>>;
    };
    readonly method: readonly [string, ...unknown[]];
  };
}

const parse = (config: object) => parseDiffMap(JSON.stringify(config), "job.json");
const { configs } = JSON.parse(read("worker_configs.json")) as { configs: Understood[] };

describe("a worker's configuration is understood as pyFAI does", () => {
  it.each(configs)("version $name", ({ config, pyFAI }) => {
    const { worker } = parse({ ai: config });
    const poni = parsePoni(worker.poni.lines.join("\n"), "job.json");
    const { detector, detector_config, poni_version, ...geometry } = pyFAI.poni;
    expect(poni).toMatchObject(geometry);
    expect(poni.detector.name).toBe(detector);
    expect(poni.detector.pixel1).toBe(detector_config.pixel1);
    expect(poni.detector.pixel2).toBe(detector_config.pixel2);
    expect(poni.detector.orientation).toBe(detector_config.orientation);
    expect(poni_version).toBe(2.1);
    if (detector_config.max_shape) {
      expect(poni.detector.shape).toEqual(detector_config.max_shape);
    }
    const azimuthal = pyFAI.nbpt_azim as number;
    const list = (value: unknown): unknown => (value === null ? [] : [value].flat());
    const orNone = (value: unknown): unknown => value ?? undefined;
    const polarization = pyFAI.polarization_description as [number, number] | null;
    expect(worker).toMatchObject({
      npt: pyFAI.nbpt_rad,
      nptAzim: azimuthal > 1 ? azimuthal : undefined,
      unit: pyFAI.unit,
      polarizationFactor: orNone(polarization?.[0]),
      dummy: orNone(pyFAI.val_dummy),
      deltaDummy: orNone(pyFAI.delta_dummy),
      correctSolidAngle: pyFAI.correct_solid_angle,
      dark: list(pyFAI.dark_current),
      flat: list(pyFAI.flat_field),
      mask: orNone(pyFAI.mask_file),
      errorModel: pyFAI.error_model === "no" ? undefined : orNone(pyFAI.error_model),
      method: { split: pyFAI.method[0] },
      radialRange: orNone(pyFAI.radial_range),
      azimuthRange: orNone(pyFAI.azimuth_range),
      monitor: orNone(pyFAI.monitor_name),
    });
    expect(worker.normalizationFactor ?? 1).toBe(pyFAI.normalization_factor);
  });

  it("alone, without a scan around it", () => {
    const { config } = configs.at(-1)!;
    expect(parse(config).worker).toEqual(parse({ ai: config }).worker);
  });
});

describe("diff_map's configuration", () => {
  it("of version 1, as pyFAI writes it", () => {
    expect(parseDiffMap(read("pyfai_1d.json"), "pyfai_1d.json")).toMatchObject({
      title: "Two motors",
      slow: { name: "sy", start: 0, stop: 1, points: 2 },
      fast: { name: "sx", start: -1, stop: 1, points: 3 },
      offset: 1,
      zigzag: true,
      input: ["frames.edf"],
      output: "pyfai_1d.h5",
      worker: { npt: 10, nptAzim: undefined, unit: "q_A^-1", errorModel: "poisson" },
    });
  });

  it("from before it had versions", () => {
    const old = {
      ...{ npt_fast: 7, nbpt_slow: 5, fast_motor_name: "x", slow_motor_name: "y" },
      ...{ fast_motor_range: [0, 3], slow_motor_range: null, npt_rad: 100, npt_azim: 4 },
      ...{ ai: { version: 4, poni: {} }, input_data: [["a.edf", null], { path: "b.edf" }] },
    };
    expect(parse(old)).toMatchObject({
      fast: { name: "x", start: 0, stop: 3, points: 7 },
      slow: { name: "y", start: undefined, points: 5 },
      input: ["a.edf", "b.edf"],
      worker: { npt: 100, nptAzim: 4 },
    });
  });

  it("with NaN and Infinity, as Python writes them", () => {
    const text =
      '{"ai": {"radial_range": [-Infinity, Infinity], "unit": "2th_deg"}, "experiment_title": "NaN, Infinity", "offset": NaN}';
    expect(parseDiffMap(text, "job.json")).toMatchObject({
      title: "NaN, Infinity",
      offset: 0,
      worker: { radialRange: undefined, unit: "2th_deg" },
    });
  });

  it.each([
    ["[1]", /is to hold an object/],
    ["{", /no valid JSON/],
    ['{"diffmap_config_version": 2}', /newer than 1/],
    ['{"ai": {"version": 6}}', /ai.version 6 is newer/],
    ['{"ai": 3}', /ai is to be the configuration/],
    ['{"offset": -1}', /offset is to be a whole number, not -1/],
    ['{"input_data": [[1]]}', /a list of files/],
    ['{"slow_motor": "sy"}', /slow_motor is to be/],
    ['{"ai": {"unit": 3}}', /ai.unit is to be a text/],
    ['{"ai": {"error_model": "sometimes"}}', /ai.error_model is to be no, poisson/],
    ['{"ai": {"polarization_description": [0.9, 10]}}', /turns the polarization by 10/],
    ['{"ai": {"integrator_method": "sigma_clip_ng"}}', /asks for sigma_clip_ng/],
    ['{"ai": {"integrator_class": "FiberIntegrator"}}', /of FiberIntegrator/],
    ['{"ai": {"poni": 1}}', /ai.poni is to be a geometry/],
  ])("is refused: %s", (text, message) => {
    expect(() => parseDiffMap(text, "job.json")).toThrow(ConfigError);
    expect(() => parseDiffMap(text, "job.json")).toThrow(message);
  });

  describe("with keys that are not known", () => {
    let before: NoticeHook | undefined;
    afterEach(() => setNoticeHook(before));

    it("says so", () => {
      const notices: string[] = [];
      before = setNoticeHook((text) => notices.push(text));
      parse({ experiment: "x", ai: { npt_rad: 3, radius: 4, radial_range_min: 3 } });
      expect(notices).toEqual([
        expect.stringMatching(/ai.radial_range has one limit only/),
        expect.stringMatching(/job.json: ai.radius is not known/),
        expect.stringMatching(/job.json: experiment is not known/),
      ]);
    });
  });
});
