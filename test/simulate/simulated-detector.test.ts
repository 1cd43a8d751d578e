import { describe, expect, it } from "vitest";
import { detector } from "../../src/detector/detector-factory.js";
import { CakelabError, OptionError } from "../../src/errors.js";
import { simulatePowder } from "../../src/simulate/powder.js";
import { startSimulatedDetector } from "../../src/simulate/simulated-detector.js";
import { simulateTensileTest } from "../../src/simulate/tensile-test.js";
import { listenFrames } from "../../src/stream/midas-socket/listen-frames.js";

const SIZE = 64;
const setup = {
  ...{ dist: 0.1, poni1: 0.0064, poni2: 0.0064, wavelength: 1.8e-11 },
  detector: detector({ pixel1: 2e-4, shape: [SIZE, SIZE] }),
};
const phases = [{ lattice: "CeO2", fwhm: 0.4, counts: 400 }];
const test = { ...setup, phases, strains: [0, 0.001, 0.002], seed: 5 };

describe("simulateTensileTest", () => {
  it("is the powder with the strain of each frame", () => {
    const frames = [...simulateTensileTest({ ...test, direction: 30, poissonRatio: 0.25 })];
    expect(frames.map(({ index }) => index)).toEqual([0, 1, 2]);
    const strain = { direction: 30, e11: 0.002, e22: -0.0005, e33: -0.0005 };
    const last = { ...setup, phases: [{ ...phases[0]!, strain }], seed: 5, exposure: 2 };
    expect(frames[2]!.data).toEqual(simulatePowder(last).data);
  });

  it("has other noise in each frame, and the same each time", () => {
    const still = { ...test, strains: [0, 0] };
    const [one, two] = simulateTensileTest(still);
    expect(one!.data).not.toEqual(two!.data);
    expect([...simulateTensileTest(still)][1]!.data).toEqual(two!.data);
  });

  it.each([
    [{ strains: [0, Number.NaN] }, /strains/],
    [{ poissonRatio: 0.7 }, /poissonRatio/],
    [{ direction: Infinity }, /direction/],
    [{ phase: [] }, /phases/],
  ])("refuses %o", (options, message) => {
    expect(() => [...simulateTensileTest({ ...test, ...options })]).toThrow(message);
    expect(() => startSimulatedDetector({ ...test, ...options })).toThrow(OptionError);
  });
});

describe("a simulated detector", () => {
  it("sends every frame to who listens", async () => {
    const stream = await listenFrames({ shape: [SIZE, SIZE], port: 0 });
    const sending = startSimulatedDetector({ ...test, port: stream.port, rate: 1000 });
    const expected = [...simulateTensileTest(test)];
    let came = 0;
    for await (const { number, data } of stream) {
      expect(data).toEqual(expected[number]!.data);
      if (++came === expected.length) break;
    }
    expect(await sending.finished).toBe(3);
    expect(sending.sent).toBe(3);
  });

  it("sends no faster than it is told, and stops", async () => {
    const stream = await listenFrames({ shape: [SIZE, SIZE], port: 0 });
    const many = { ...test, strains: new Array(1000).fill(0) };
    const sending = startSimulatedDetector({ ...many, port: stream.port, rate: 20 });
    const times: number[] = [];
    for await (const { timestamp } of stream) {
      times.push(timestamp);
      if (times.length === 6) break;
    }
    sending.stop();
    expect(await sending.finished).toBeLessThan(50);
    expect(times[5]! - times[0]!).toBeGreaterThan(0.2);
  });

  it("says that nobody can be told of a detector without a file", () => {
    const corners = { data: new Float32Array(4 * 12), shape: [2, 2, 4, 3] } as const;
    corners.data.set([0, 0, 0, 0, 1e-3, 0, 0, 1e-3, 1e-3, 0, 0, 1e-3]);
    const of = { ...test, detector: detector({ corners, pixel1: 1e-3, pixel2: 1e-3 }) };
    expect(() => startSimulatedDetector(of)).toThrow(CakelabError);
    expect(() => startSimulatedDetector({ ...test, rate: 0 })).toThrow(/rate/);
    expect(() => startSimulatedDetector({ ...test, port: 70_000 })).toThrow(/port/);
  });
});
