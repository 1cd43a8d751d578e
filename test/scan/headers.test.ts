import { writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Hdf5Writer } from "../../src/hdf5/hdf5-writer.js";
import { type DiffMapOptions, diffMap, openScan, writeEdf } from "../../src/index.js";
import { timelessTree } from "../support/hdf5-tree.js";
import { scanImage, scanIntegrator, scanStack } from "./scan-images.js";

const method = { split: "full", engine: "js" } as const;
const ai = scanIntegrator();

type Stack = Awaited<ReturnType<typeof scanStack>>;
const options = ({ stack, at }: Stack, more: Partial<DiffMapOptions> = {}): DiffMapOptions => ({
  files: stack,
  ai: at("geometry.poni"),
  output: at("map.h5"),
  npt: 30,
  fast: 4,
  slow: 3,
  method,
  ...more,
});

describe("headers", () => {
  const headed = async (header: (index: number) => Record<string, string>) => {
    const { at } = await scanStack(1);
    for (let i = 0; i < 6; i++) {
      await writeEdf(at(`f_${i}.edf`), { ...scanImage(i), header: header(i) });
    }
    return { stack: at("f_*.edf"), at };
  };

  it("have the monitor that divides each frame", async () => {
    const line = await headed((i) => (i === 4 ? {} : { I0: `${i * 10}` }));
    const more = { monitor: "I0", fast: 3, slow: 2, errorModel: "poisson" } as const;
    const summary = await diffMap(options(line, more));
    expect(summary.failed).toMatchObject([
      { index: 0, message: expect.stringMatching(/f_0\.edf: its monitor I0 is 0/) },
      { index: 4, message: expect.stringMatching(/f_4\.edf: its header has no monitor I0/) },
    ]);
    const scan = await openScan(summary.output);
    const alone = await ai.integrate1d(scanImage(3), 30, {
      ...{ unit: "2th_deg", errorModel: "poisson", normalizationFactor: 30, method },
    });
    for (const [i, intensity] of alone.intensity.entries()) {
      expect(scan.intensity[90 + i]).toBeCloseTo(intensity, 5);
      expect(scan.sigma![90 + i]).toBeCloseTo(alone.sigma![i]!, 5);
    }
    const tree = await timelessTree(summary.output);
    expect(tree.get("/entry_0000/pyFAI/monitor")).toMatchObject({
      data: Float64Array.of(Number.NaN, 10, 20, 30, Number.NaN, 50),
    });
  });

  it("have the positions of the motors", async () => {
    const order = [3, 0, 5, 1, 4, 2];
    const line = await headed((i) => ({
      motor_mne: "sx sy",
      motor_pos: `${(order[i]! % 3) / 10} ${Math.floor(order[i]! / 3) - 5}`,
    }));
    const motors = { fast: { name: "sx" }, slow: { name: "sy" }, positions: true };
    const summary = await diffMap(options(line, motors));
    const scan = await openScan(summary.output);
    expect(scan).toMatchObject({ shape: [2, 3], slow: { name: "sy" }, fast: { name: "sx" } });
    expect([...scan.slow.positions, ...scan.fast.positions]).toEqual([-5, -4, 0, 0.1, 0.2]);
    expect([...scan.pointer]).toEqual([1, 3, 5, 0, 4, 2]);
    writeFileSync(line.at("f_3.edf"), "broken");
    const broken = await diffMap(options(line, motors));
    expect(broken).toMatchObject({ done: 5, extra: 0, failed: [{ index: 3 }] });
    expect([...(await openScan(broken.output)).pointer]).toEqual([1, -1, 5, 0, 4, 2]);
    const wrong = diffMap(options(line, { ...motors, fast: { name: "sz" } }));
    await expect(wrong).rejects.toThrow(/does not say where the motor sz stood/);
  });
});

describe("datasets of a BLISS file", () => {
  const bliss = async () => {
    const { at } = await scanStack(1);
    const writer = await Hdf5Writer.create(at("bliss.h5"));
    const frames = 6;
    const data = new Uint16Array(frames * 2000);
    for (let i = 0; i < frames; i++) data.set(scanImage(i).data, i * 2000);
    for (const group of ["/1.1", "/1.1/measurement", "/1.1/instrument"]) writer.group(group);
    writer.dataset("/1.1/measurement/eiger", data, { shape: [frames, 40, 50] });
    const each = (name: string, values: readonly number[], units: string): void =>
      writer.dataset(`/1.1/measurement/${name}`, Float64Array.from(values), {
        shape: [frames],
        attributes: { units },
      });
    each("sx", [0.5, 0.4, 0.3, 0.3, 0.4, 0.5], "mm");
    each("sy", [7, 7, 7, 8.001, 8.002, 8], "um");
    each("mon", [1, 2, 4, 8, 16, 32], "");
    await writer.commit();
    return { stack: at("bliss.h5"), at };
  };

  it.each([
    ["by their names", "sx", "sy", "mon"],
    ["by their paths", "/1.1/measurement/sx", "1.1/measurement/sy", "measurement/mon"],
  ])("are motors and monitor %s", async (_, fast, slow, monitor) => {
    const line = await bliss();
    const motors = { fast: { name: fast }, slow: { name: slow }, positions: true };
    const summary = await diffMap(options(line, { ...motors, monitor }));
    expect(summary).toMatchObject({ done: 6, missing: 0, failed: [] });
    const scan = await openScan(summary.output);
    expect([...scan.pointer]).toEqual([2, 1, 0, 3, 4, 5]);
    expect([...scan.fast.positions]).toEqual([0.3, 0.4, 0.5]);
    expect(scan.slow.positions[1]).toBeCloseTo(8.001, 6);
    expect([scan.fast.unit, scan.slow.unit]).toEqual(["mm", "um"]);
    const alone = await ai.integrate1d(scanImage(3), 30, { unit: "2th_deg", method });
    expect(scan.intensity[90 + 5]).toBeCloseTo(alone.intensity[5]! / 8, 4);
  });
});
