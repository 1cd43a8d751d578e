import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openDataset, readSlice } from "../../src/hdf5/dataset.js";
import { Hdf5File } from "../../src/hdf5/hdf5-file.js";
import { readImage, writeHdf5, writeTiff } from "../../src/index.js";
import { setNoticeHook } from "../../src/notice.js";
import { FrameSender } from "../../src/stream/midas-socket/send-frames.js";
import { beamline } from "./beamline.js";
import { run } from "./run.js";

const engine = ["--engine", "js"];

let notices: string[] = [];
beforeEach(() => {
  notices = [];
  setNoticeHook((text) => notices.push(text));
});
afterEach(() => {
  setNoticeHook(undefined);
});

async function values(path: string, name: string): Promise<number[]> {
  const file = await Hdf5File.open(path);
  try {
    const dataset = openDataset(file, `/entry_0000/${name}`);
    const found = readSlice(
      dataset,
      dataset.shape.map(() => 0),
      dataset.shape,
    );
    return Array.from(found as Float64Array, Number);
  } finally {
    file.close();
  }
}

function lines(path: string) {
  return readFileSync(path, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

it("integrates images over the ranges of LaVue's configuration, and says what it did", async () => {
  const { poni, at } = await beamline();
  const configuration = JSON.stringify({
    calibration: poni,
    diff_number: 2,
    diff_ranges: [
      [0, 90, 0.2, 1],
      [170, 190, null, null],
    ],
    diff_units: "r [mm]",
    buffering: true,
    diff_unit: "r",
  });
  const files = [at("frame_1.tif"), at("frame_2.tif"), at("frame_10.tif")];
  const outputs = ["--results", at("run.ndjson"), "-o", at("run.h5")];
  const ran = await run([
    ...["diffractogram", "--tool-configuration", configuration, ...files],
    ...["-c", "10", "--no-solid-angle", ...outputs, ...engine],
  ]);
  expect(ran).toMatchObject({ code: 0 });
  expect(ran.stdout).toMatch(/^3 frames in .* s\nwritten: .*run\.h5, .*run\.ndjson\n$/);
  expect(ran.stderr).toMatch(/\[1\] .*frame_/);
  expect(notices).toEqual([
    `--tool-configuration: LaVue's diffractogram tool has no key "diff_unit"; did you mean diff_units?`,
  ]);
  const intensity = await values(at("run.h5"), "diffractogram_1/intensity");
  expect([5, 15, 25].map((i) => Math.round(intensity[i]!))).toEqual([100, 200, 300]);
  const results = lines(at("run.ndjson"));
  expect(results.map(({ imagename }) => imagename)).toEqual(files);
  expect(results[0]).toMatchObject({
    ...{ tool: "diffractogram", nrdiffs: 2, unit: "r_mm", calibration: poni },
    ...{ azimuth_range_1: [0, 90], azimuth_range_2: [170, 190], radial_range_2: null },
  });
  expect(results[0].radial_range_1[1]).toBeCloseTo(100 * Math.tan(Math.PI / 180), 9);
});

it("overrules a configuration by its options", async () => {
  const { poni, at } = await beamline();
  mkdirSync(at("job"));
  writeFileSync(
    at("job/lavue.json"),
    JSON.stringify({
      calibration: "../geometry.poni",
      diff_ranges: [[0, 90, 0.2, 1]],
      show_diff: false,
    }),
  );
  const words = [
    ...["--range", "-5,5,none,1", "--range", "none,null,,1", "--unit", "2th [rad]", "--npt", "8"],
    ...[
      "--mask-above",
      "250",
      "--mask",
      at("mask.npy"),
      "--dark",
      at("dark_a.tif"),
      "--peaks",
      "0",
    ],
  ];
  const files = [at("frame_1.tif"), at("frame_10.tif")];
  const ran = await run([
    ...["diffractogram", "--tool-configuration", at("job/lavue.json"), ...files, ...words],
    ...["--results", at("run.ndjson"), "--json", ...engine],
  ]);
  expect(ran).toMatchObject({ code: 0 });
  expect(JSON.parse(ran.stdout)).toMatchObject({
    ...{
      command: "diffractogram",
      frames: 2,
      failed: 0,
      repeated: 0,
      isStopped: false,
      errors: [],
    },
    outputs: [at("run.ndjson")],
    counts: { given: 2, bad: 0 },
  });
  const [first, second] = lines(at("run.ndjson"));
  expect(first).toMatchObject({
    ...{
      nrdiffs: 2,
      unit: "2th_rad",
      calibration: poni,
    },
    ...{ azimuth_range_1: [-5, 5], azimuth_range_2: null, peaks_1: [[], []] },
  });
  expect(first.diff_1[1].length).toBe(8);
  expect(Math.max(...first.diff_2[1])).toBeGreaterThan(85);
  // All of its pixels are above the limit.
  expect(Math.max(...second.diff_2[1])).toBe(0);
  const other = await run([
    ...[
      "diffractogram",
      at("frame_1.tif"),
      "-p",
      poni,
      "--tool-configuration",
      '{"calibration":"none.poni"}',
    ],
    ...["--results", at("other.ndjson"), "--quiet", ...engine],
  ]);
  expect(other).toEqual({ code: 0, stdout: "", stderr: "" });
});

it("takes a folder, the frames of a stack, and a bad file among good ones", async () => {
  const { poni, at } = await beamline();
  mkdirSync(at("data"));
  const frames = await Promise.all(
    ["frame_1.tif", "frame_2.tif"].map((name) => readImage(at(name))),
  );
  await writeHdf5(at("data/a.h5"), frames);
  writeFileSync(at("data/b.tif"), "no image");
  await writeTiff(at("data/c.tif"), frames[0]!);
  const words = [
    "-p",
    poni,
    "-c",
    "10",
    "-o",
    at("run.h5"),
    "--results",
    at("run.ndjson"),
    ...engine,
  ];
  const ran = await run(["diffractogram", at("data"), ...words]);
  expect(ran.code).toBe(1);
  expect(ran.stderr).toMatch(/failed: .*b\.tif/);
  expect(ran.stdout).toMatch(/^3 frames in .*\n1 were not usable\n/);
  expect(lines(at("run.ndjson")).map(({ imagename }) => imagename.split("/").pop())).toEqual([
    "a.h5#0",
    "a.h5#1",
    "c.tif",
  ]);
});

it("watches a folder until no image has come for a while", async () => {
  const { poni, at } = await beamline();
  mkdirSync(at("data"));
  const image = await readImage(at("frame_2.tif"));
  await writeTiff(at("data/a.tif"), image);
  const running = run([
    ...["diffractogram", at("data"), "-p", poni, "-c", "10", "--watch", "--timeout", "1.5"],
    ...["-o", at("run.h5"), ...engine],
  ]);
  await new Promise((resolve) => setTimeout(resolve, 300));
  await writeTiff(at("data/b.tif"), image);
  const ran = await running;
  expect(ran).toMatchObject({ code: 0 });
  expect(ran.stdout).toMatch(/^2 frames/);
});

it("takes frames from a socket until it is interrupted, and then writes them", async () => {
  const { poni, at } = await beamline();
  const { data } = await readImage(at("frame_2.tif"));
  const stop = new AbortController();
  const port = await freePort();
  const running = run(
    [
      ...["diffractogram", "-p", poni, "-c", "10", "--listen", `${port}`],
      ...["-o", at("run.h5"), "--results", at("run.ndjson"), ...engine],
    ],
    { signal: stop.signal },
  );
  const sender = new FrameSender({ port });
  for (let i = 0; i < 3; i++) await sender.send({ data, shape: [40, 50] }, i);
  await sender.close();
  const count = () => {
    try {
      return lines(at("run.ndjson")).length;
    } catch {
      return 0;
    }
  };
  while (count() < 3) await new Promise((resolve) => setTimeout(resolve, 20));
  stop.abort();
  const ran = await running;
  expect(ran).toMatchObject({ code: 0 });
  expect(ran.stdout).toMatch(/^3 frames/);
  expect(await values(at("run.h5"), "frames/number")).toEqual([0, 1, 2]);
});

it("goes on where an interruption has ended it", async () => {
  const { poni, at } = await beamline();
  const stop = new AbortController();
  const words = [
    "-p",
    poni,
    "-c",
    "10",
    "-o",
    at("run.h5"),
    "--results",
    at("run.ndjson"),
    ...engine,
  ];
  const files = [at("frame_1.tif"), at("frame_2.tif"), at("frame_10.tif")];
  const first = run(["diffractogram", ...files, ...words], { signal: stop.signal });
  stop.abort();
  const cut = await first;
  expect(cut.code).toBe(1);
  const again = await run(["diffractogram", ...files, ...words, "--resume"]);
  expect(again).toMatchObject({ code: 0 });
  expect(lines(at("run.ndjson")).map(({ imagename }) => imagename)).toEqual(files);
});

it.each([
  [["a.tif"], /-o FILE\.h5 is missing/],
  [["-o", "x.h5"], /SOURCE is missing/],
  [["a.tif", "-o", "x.h5"], /-p, --poni PONI is missing/],
  [["a.tif", "--listen", "127.0.0.1:1", "-o", "x.h5"], /cannot be one stream/],
  [["a.tif", "-p", "PONI", "-o", "x.h5", "--results", "x.h5"], /cannot be both/],
  [["x.h5", "-p", "PONI", "-o", "x.h5"], /x\.h5 would be among the images/],
  [["DIR", "-p", "PONI", "-o", "x.h5"], /would be among the images/],
  [["a.tif", "--latest", "--all", "-o", "x.h5"], /exclude each other/],
  [["a.tif", "-p", "PONI", "-o", "x.h5", "--range", "1,2,3"], /--range A,B,C,D/],
  [["a.tif", "-p", "PONI", "-o", "x.h5", "--range", "1,2,3,x"], /--range A,B,C,D/],
  [["a.tif", "-p", "PONI", "-o", "x.h5", "--range", "0,400,1,2"], /at most 360/],
  [["a.tif", "-p", "PONI", "-o", "x.h5", "--unit", "furlong"], /"furlong" is none here/],
  [["a.tif", "-p", "PONI", "-o", "x.h5", "--peaks", "-1"], /--peaks N/],
  [["a.tif", "-p", "PONI", "-o", "x.h5", "--timeout", "0"], /--timeout/],
  [["a.tif", "-p", "PONI", "-o", "x.h5", "--shape", "3"], /--shape/],
  [["a.tif", "-p", "PONI", "-o", "x.h5", "--rnage", "1"], /did you mean --range/],
])("refuses %j", async (words, message) => {
  const { poni, folder } = await beamline();
  const args = words.map((word) => {
    if (word === "PONI") return poni;
    if (word === "DIR") return folder;
    return word === "x.h5" ? join(folder, word) : word;
  });
  const ran = await run(["diffractogram", ...args]);
  expect(ran.code).toBe(2);
  expect(ran.stderr).toMatch(message);
});

it.each([
  ["no JSON", "{diff_number: 2}", /no valid JSON/],
  ["a wrong value", '{"diff_number": -2}', /diff_number is to be a whole number/],
  ["a file that is not there", "none.json", /none\.json: this configuration cannot be read/],
])("refuses a configuration that is %s", async (_, configuration, message) => {
  const { poni, at } = await beamline();
  const words = ["-p", poni, "-o", at("run.h5"), "--tool-configuration", configuration];
  const ran = await run(["diffractogram", at("frame_1.tif"), ...words]);
  expect(ran.code).toBe(1);
  expect(ran.stderr).toMatch(message);
});

it("says that no image could be integrated", async () => {
  const { poni, at } = await beamline();
  writeFileSync(at("bad.tif"), "no image");
  const ran = await run([
    "diffractogram",
    at("bad.tif"),
    "-p",
    poni,
    "-o",
    at("run.h5"),
    ...engine,
  ]);
  expect(ran.code).toBe(1);
  expect(ran.stderr).toMatch(/no frame came that could be integrated; nothing is written/);
});
