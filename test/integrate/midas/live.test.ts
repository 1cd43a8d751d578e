import { execFileSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { TypedArray } from "../../../src/array.js";
import { readMidasParameters } from "../../../src/config/midas/read.js";
import { buildMidasMap } from "../../../src/integrate/midas/build-map.js";
import type { MidasMap } from "../../../src/integrate/midas/map.js";
import { readMidasMap } from "../../../src/integrate/midas/map-folder.js";
import { midasPlan } from "../../../src/integrate/midas/midas-plan.js";
import { midasInt2d } from "../../../src/integrate/midas/result.js";
import { farthest } from "../../support/midas-cases.js";
import { readFixture } from "../../support/npy.js";
import { temporaryFolder } from "../../support/temporary-folder.js";

const python = ".venv-bench/bin/python";

const PARAMETERS = `NrPixels 2048
px 200
Lsd 1000000
BC 1021.3 1030.9
ty 0.4
tz -0.25
RhoD 290000
p0 0.0003
p2 0.0004
p6 35
Wavelength 0.2
RMin 10
RMax 1410
RBinSize 1.4
EtaBinSize 10
SolidAngleCorrection 1
PolarizationCorrection 1
`;

it.skipIf(!existsSync(python))(
  "a detector of 2048² is mapped and integrated as by midas-integrate (.venv-bench)",
  { timeout: 600_000 },
  async () => {
    const folder = await temporaryFolder();
    const path = join(folder, "parameters.txt");
    writeFileSync(path, PARAMETERS);
    execFileSync(python, [join(import.meta.dirname, "live.py"), folder], { stdio: "pipe" });
    const parameters = await readMidasParameters(path);
    const map = await buildMidasMap(parameters);
    // Roundings of corners put some slivers on the other side of the smallest area that is kept.
    expect(strangers(map, await readMidasMap(folder, parameters))).toBeLessThan(30);

    const frame = readFixture(join(folder, "frame.npy"));
    const image = { data: frame.data as TypedArray, shape: frame.shape as [number, number] };
    const [cake, lineout] = ["cake", "lineout"].map((name) =>
      readFixture(join(folder, `${name}.npy`)),
    );
    for (const algorithm of ["csr-exact", "csr"] as const) {
      const plan = await midasPlan(parameters, { map, method: { algorithm } });
      const found = await plan.integrate(image);
      plan.release();
      // Theirs are float32 throughout.
      expect(farthest(midasInt2d(found), cake!.data)).toBeLessThan(3e-6);
      expect(farthest(found.lineout, lineout!.data)).toBeLessThan(3e-6);
    }
  },
);

/** How many records only one of two maps has; those of a bin are in the order of pixels. */
function strangers(a: MidasMap, b: MidasMap): number {
  let found = 0;
  for (let bin = 0; bin < a.counts.length; bin++) {
    let [i, j] = [a.offsets[bin]!, b.offsets[bin]!];
    const [endI, endJ] = [i + a.counts[bin]!, j + b.counts[bin]!];
    while (i < endI || j < endJ) {
      const [p, q] = [i < endI ? pixelOf(a, i) : Infinity, j < endJ ? pixelOf(b, j) : Infinity];
      if (p === q) {
        const difference = Math.abs(a.frac[i]! - b.frac[j]!);
        if (!(difference < 1e-9)) throw new Error(`pixel ${p}: ${a.frac[i]}, not ${b.frac[j]}`);
        i++;
        j++;
        continue;
      }
      const area = p < q ? a.areaWeight[i++]! : b.areaWeight[j++]!;
      if (!(area < 2e-9)) throw new Error(`pixel ${Math.min(p, q)}: only one has area ${area}`);
      found++;
    }
  }
  return found;
}

function pixelOf({ y, z }: MidasMap, record: number): number {
  return z[record]! * 2048 + y[record]!;
}
