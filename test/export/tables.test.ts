import { join } from "node:path";
import { describe, expect, it, test } from "vitest";
import type { Cakes } from "../../src/cake/cakes.js";
import { encodeByteOffset, writeCbf } from "../../src/export/cbf.js";
import { formatCsv, writeCsv } from "../../src/export/csv.js";
import { formatEsg, writeEsg } from "../../src/export/esg.js";
import { decodeByteOffset, decodeByteOffsetPlainly } from "../../src/image/cbf/byte-offset.js";
import { readImage } from "../../src/image/read-image.js";
import { hasPython, runPython } from "../support/python.js";
import { caked, profile } from "../support/results.js";
import { temporaryFolder } from "../support/temporary-folder.js";

function cakes(unit = "r_mm"): Cakes {
  const { engine, provenance } = profile();
  return {
    radial: Float64Array.of(1, 2.5, 10),
    intensity: [Float64Array.of(5, NaN, 0.25), Float64Array.of(1, 2, 3)],
    count: [Float64Array.of(1, 0, 1), Float64Array.of(1, 1, 1)],
    centers: [270, 90],
    firstCakeAngle: 270,
    order: "clockwise",
    unit,
    engine,
    provenance: { ...provenance, cakes: 2, npt: 3, firstCakeAngle: 270, order: "clockwise" },
  };
}

describe(".esg for MAUD", () => {
  it("has a block for each cake, radii in millimetres falling", () => {
    expect(formatEsg(cakes()).split("\n")).toEqual([
      "_pd_block_id noTitle|#0",
      "",
      "_diffrn_detector Image Plate",
      "_diffrn_measurement_distance_unit mm",
      "_pd_instr_dist_spec/detc 1193.891789",
      "_pd_meas_angle_omega 0.0",
      "_pd_meas_angle_chi 0.0",
      "_pd_meas_angle_phi 0.0",
      "_riet_par_spec_displac_x 0",
      "_riet_par_spec_displac_y 0",
      "_riet_par_spec_displac_z 0",
      "_riet_meas_datafile_calibrated false",
      "_pd_meas_angle_eta 180",
      "",
      "loop_",
      "_pd_proc_2theta_corrected",
      "_pd_meas_intensity_total",
      "10.000\t0.25000000",
      "1.000\t5.00000000",
      "",
      "_pd_block_id noTitle|#1",
      "",
      "_pd_meas_angle_eta 0",
      "",
      "loop_",
      "_pd_proc_2theta_corrected",
      "_pd_meas_intensity_total",
      "10.000\t3.00000000",
      "2.500\t2.00000000",
      "1.000\t1.00000000",
      "",
      "",
    ]);
  });

  it("takes 2θ too, another sense of η, and no other unit", async () => {
    const tilted = formatEsg(cakes("2th_deg"), { eta: (direction) => direction });
    // 1193.8918 mm × tan 10°.
    expect(tilted).toContain("210.515\t0.25000000");
    expect(tilted).toContain("_pd_meas_angle_eta 270\n");
    expect(() => formatEsg(cakes("q_nm^-1"))).toThrow("unit: .esg has radii");
    await writeEsg(join(await temporaryFolder(), "a.esg"), cakes());
  });
});

test(".csv has a column for each quantity, and an empty cell for no value", async () => {
  expect(formatCsv(profile()).split("\n").slice(0, 3)).toEqual([
    "2th_deg,intensity,sigma",
    "1.5,12.25,1.75",
    "2.5,,",
  ]);
  expect(formatCsv(cakes()).split("\n")).toEqual([
    "r_mm,cake 1,cake 2",
    "1,5,1",
    "2.5,,2",
    "10,0.25,3",
    "",
  ]);
  const map = caked();
  const [head, first] = formatCsv(map).split("\n");
  expect(head).toContain(`intensity at ${map.azimuthal[0]}°`);
  expect(first!.split(",")).toHaveLength(head!.split(",").length);
  await writeCsv(join(await temporaryFolder(), "a.csv"), map);
});

const loadCsv = `
import json, sys, pandas
table = pandas.read_csv(sys.argv[1])
print(json.dumps([list(table.columns), table.fillna(-7).values.tolist()]))
`;

test.skipIf(!hasPython)("pandas reads .csv", async () => {
  const path = join(await temporaryFolder(), "a.csv");
  await writeCsv(path, cakes());
  expect(runPython(loadCsv, path)).toEqual([
    ["r_mm", "cake 1", "cake 2"],
    [
      [1, 5, 1],
      [2.5, -7, 2],
      [10, 0.25, 3],
    ],
  ]);
});

describe("CBF", () => {
  const limits = [
    0, 1, 127, -128, 255, -1, 32767, -32768, 65535, 2147483647, -2147483648, 128, -129,
  ];
  const types = [Int8Array, Uint8Array, Int16Array, Uint16Array, Int32Array, Uint32Array];
  const imagesOf = (values: readonly number[]) =>
    types.map((Type) => {
      const data = new Type(600);
      for (let i = 0; i < 600; i++) data[i] = values[(i * i) % values.length]!;
      return data;
    });
  const images = imagesOf(limits);

  it("packs and unpacks all integers, fast and plainly", async () => {
    for (const data of images) {
      const packed = encodeByteOffset(data);
      const [fast, plain] = [data.slice().fill(9), data.slice().fill(9)];
      expect(await decodeByteOffset(packed, fast)).toBe(packed.length);
      expect(decodeByteOffsetPlainly(packed, plain)).toBe(packed.length);
      expect(fast).toEqual(data);
      expect(plain).toEqual(data);
    }
  });

  it("comes back with its header; floats are refused", async () => {
    const path = join(await temporaryFolder(), "a.cbf");
    const data = Int32Array.from({ length: 600 }, (_, i) => (i * 7919) % 70000);
    await writeCbf(path, {
      data,
      shape: [20, 30],
      header: { Exposure_time: "0.1 s", bad: "a\r\n;" },
    });
    const read = await readImage(path);
    expect(read.data).toEqual(data);
    expect(read.header).toMatchObject({ Exposure_time: "0.1 s", bad: "a ;" });
    const floats = { data: new Float32Array(4), shape: [2, 2] as [number, number] };
    await expect(writeCbf(path, floats)).rejects.toThrow("CBF holds whole numbers only");
  });

  it.skipIf(!hasPython)("FabIO reads it", async () => {
    const folder = await temporaryFolder();
    const paths: string[] = [];
    // FabIO 2026.6 loses a step of more than 32 bits, such as from the largest value to the smallest.
    const images = imagesOf(limits.filter((value) => Math.abs(value) < 2 ** 31 - 1));
    for (const data of images) {
      paths.push(join(folder, `${data.constructor.name}.cbf`));
      await writeCbf(paths.at(-1)!, { data, shape: [20, 30], header: { a: "b" } });
    }
    const program = `
import json, sys, fabio
print(json.dumps([[str(d.dtype), d.ravel().tolist()] for d in (fabio.open(p).data for p in sys.argv[1:])]))
`;
    const types = ["int8", "uint8", "int16", "uint16", "int32", "uint32"];
    expect(runPython(program, ...paths)).toEqual(images.map((data, i) => [types[i], [...data]]));
  });
});
