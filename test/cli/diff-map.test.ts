import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openScan, readImage, writeTiff } from "../../src/index.js";
import { beamline } from "./beamline.js";
import { run } from "./run.js";

const engine = ["--engine", "js"];

it("maps the frames of a scan, and says what it did", async () => {
  const { poni, at } = await beamline();
  const files = [at("frame_1.tif"), at("frame_10.tif"), at("frame_2.tif")];
  const words = ["-p", poni, "-t", "2", "-r", "1", "-c", "20", "-o", at("map.h5"), ...engine];
  const corrections = ["-d", `${at("dark_a.tif")},${at("dark_b.tif")}`, "-m", at("mask.npy")];
  const ran = await run(["diff-map", ...files, ...words, ...corrections, "-S"]);
  expect(ran).toMatchObject({ code: 0 });
  expect(ran.stdout).toMatch(/^2 of 2 points done in .* s, js engine\n1 frames have no point/);
  expect(ran.stdout).toMatch(/applied: mask, dark, solid angle/);
  expect(ran.stdout).toMatch(/time of 2 frames: median .* frames\/s/);
  expect(ran.stderr).toMatch(/\[2\/2\] .*map\.h5/);
  const scan = await openScan(at("map.h5"));
  expect(scan).toMatchObject({ shape: [1, 2], unit: "2th_deg", framesDone: 2 });
  // 100 and 200, without the mean of 10 and 30.
  expect(scan.intensity[5]).toBeCloseTo(80, 0);
  expect(scan.intensity[25]).toBeCloseTo(180, 0);
});

it("takes every option of diff_map, as short and as long as there", async () => {
  const { folder, poni, at } = await beamline();
  mkdirSync(at("scan/sub"), { recursive: true });
  const frame = await readImage(at("frame_1.tif"));
  for (const name of [
    "a_1.tif",
    "a_2.tif",
    "a_3.tif",
    "a_4.tif",
    "a_5.tif",
    "b_1.tif",
    "a_1.tiff",
  ]) {
    await writeTiff(at(`scan/${name}`), frame);
  }
  const args = [
    ...["diff-map", at("scan"), "--output", at("out/map.h5"), "--verbose", "--prefix", "a_"],
    ...["--extension", ".tif", "--fast", "2", "--slow", "2", "--zigzag", "--npt", "10"],
    ...["--npt-azim", "3", "--dark", at("dark_a.tif"), "--flat", at("frame_2.tif"), "--mask"],
    ...[at("mask.npy"), "--poni", poni, "--offset", "1", "--stats", "--no-gui", "--json"],
    ...["--unit", "q_A^-1", "--radial-range", "0.05,0.15", "--azimuth-range", "-90,90"],
    ...["--polarization", "0.9", "--error-model", "poisson", "--method", "bbox_csr_cython"],
    ...["--fast-motor", "sx,-1,1", "--slow-motor", "sy", "--title", "T", "--no-map", ...engine],
    ...["--save-config", at("job.json")],
  ];
  const ran = await run(args);
  expect(ran).toMatchObject({ code: 0 });
  expect(JSON.parse(ran.stdout)).toMatchObject({
    ...{ command: "diff-map", output: at("out/map.h5"), shape: [2, 2], done: 4, extra: 0 },
    ...{ failed: [], missing: 0, engine: { name: "js" }, times: { frames: 4 } },
    provenance: { polarizationFactor: 0.9, split: "bbox", hasFlat: true, azimuthRange: [-90, 90] },
  });
  expect(ran.stderr).toMatch(/"diffmap_config_version": 1/);
  const scan = await openScan(at("out/map.h5"));
  expect(scan).toMatchObject({ title: "T", unit: "q_A^-1", slow: { name: "sy" } });
  expect([...scan.pointer]).toEqual([1, 2, 4, 3]);
  expect([...scan.fast.positions]).toEqual([-1, 1]);
  expect([scan.azimuthal!.length, scan.radial.length]).toEqual([3, 10]);
  expect(scan.sigma!.length).toBe(120);

  // The same from the configuration, whose files may have been moved with it.
  const job = JSON.parse(readFileSync(at("job.json"), "utf8"));
  expect(job).toMatchObject({ offset: 1, zigzag_scan: true, ai: { version: 5, nbpt_azim: 3 } });
  const again = [
    "diff-map",
    "--config",
    at("job.json"),
    "-o",
    at("again.h5"),
    "--quiet",
    ...engine,
  ];
  expect(await run(again)).toEqual({ code: 0, stdout: "", stderr: "" });
  const same = await openScan(at("again.h5"));
  expect(same.intensity).toEqual(scan.intensity);
  expect(same.pointer).toEqual(scan.pointer);
  const line = ["-t", "4", "-r", "1", "--npt-azim", "1", "-O", "0", "--radial-range", "0.02,0.1"];
  expect(await run([...again, ...line])).toMatchObject({ code: 0 });
  const others = await openScan(at("again.h5"));
  expect(others).toMatchObject({ shape: [1, 4], unit: "q_A^-1", title: "T" });
  expect(others.intensity.length).toBe(40);
  expect(existsSync(join(folder, "again.h5.journal"))).toBe(false);
});

it("reports a frame that fails, and goes on with a run", async () => {
  const { poni, at } = await beamline();
  writeFileSync(at("frame_2.tif"), "broken");
  const words = ["-p", poni, "-t", "3", "-r", "1", "-c", "20", "-o", at("map.h5"), ...engine];
  const ran = await run(["diff-map", at("frame_*.tif"), ...words]);
  expect(ran).toMatchObject({ code: 1, stderr: expect.stringMatching(/failed: .*frame_2\.tif/) });
  expect(ran.stdout).toMatch(/^2 of 3 points done .*\n1 frames failed; their points are empty/);
  const stopped = new AbortController();
  stopped.abort();
  const late = await run(["diff-map", at("frame_*.tif"), ...words], { signal: stopped.signal });
  expect(late).toMatchObject({ code: 1, stderr: expect.stringMatching(/--resume goes on/) });
  const again = await run(["diff-map", at("frame_*.tif"), ...words, "--resume"]);
  expect(again.stdout).toMatch(/2 of them by an earlier run/);
  const other = await run(["diff-map", at("frame_*.tif"), ...words, "--resume", "-u", "r_mm"]);
  expect(other).toMatchObject({ code: 2, stderr: expect.stringMatching(/other values of integ/) });
});

it("--gui opens a notebook that runs the scan and shows its map", async () => {
  const { poni, at } = await beamline();
  const words = ["-p", poni, "-t", "3", "-r", "1", "-c", "20", "-o", at("map.h5")];
  const opened: string[] = [];
  const openNotebook = async (path: string): Promise<number> => {
    opened.push(readFileSync(path, "utf8"));
    rmSync(path);
    return 7;
  };
  const ran = await run(["diff-map", at("frame_*.tif"), ...words, "--gui"], { openNotebook });
  expect(ran).toMatchObject({ code: 7, stdout: expect.stringMatching(/map\.ipynb runs the scan/) });
  const { cells } = JSON.parse(opened[0]!) as { cells: { source: string }[] };
  expect(cells[0]!.source).toContain(JSON.stringify(at("map.json")));
  expect(cells[0]!.source).toContain("new ScanMap(scan)");
  expect(JSON.parse(readFileSync(at("map.json"), "utf8"))).toMatchObject({
    output_file: at("map.h5"),
  });
  expect(existsSync(at("map.h5"))).toBe(false);
});

it.each([
  [[], /FILE is missing/],
  [["FILE"], /-p, --poni PONI is missing/],
  [["FILE", "-p", "PONI"], /-o, --output FILE.h5 is missing/],
  [["FILE", "-p", "PONI", "-o", "OUT"], /-t, --fast N is missing/],
  [["FILE", "-p", "PONI", "-o", "OUT", "-t", "3"], /-r, --slow N is missing/],
  [["FILE", "-p", "PONI", "-o", "OUT", "-t", "x"], /--fast/],
  [["FILE", "-p", "PONI", "-o", "OUT", "-t", "3", "-r", "1", "-O", "-1"], /--offset is a whole/],
  [
    ["FILE", "-p", "PONI", "-t", "3", "-r", "1", "-o", "O", "--fast-motor", "sx,1"],
    /NAME, or NAME/,
  ],
  [["FILE", "-e", ".cbf", "-p", "PONI"], /no file begins with "" and ends with ".cbf"/],
  [["FILE", "--zigzack"], /--zigzag/],
])("a wrong line is explained: %s", async (words, message) => {
  const { poni, at } = await beamline();
  const values: Record<string, string> = { FILE: at("frame_1.tif"), PONI: poni, OUT: at("m.h5") };
  const ran = await run(["diff-map", ...words.map((word) => values[word] ?? word)]);
  expect(ran).toMatchObject({ code: 2, stderr: expect.stringMatching(message) });
});
