// The most memory that a process takes for a plan and three frames, in bytes: memory.mjs IMAGE ENGINE.
import { readFile } from "node:fs/promises";
import { readImage } from "../../dist/src/index.js";
import { experiments, integrate, newIntegrator } from "./experiments.mjs";

const [path, engine] = process.argv.slice(2);
const ai = newIntegrator(experiments.large);
const image = await readImage(path);
for (let frame = 0; frame < 3; frame++) {
  await integrate(ai, image, { npt: 1000, nptAzim: 36, engine });
}
const status = await readFile("/proc/self/status", "utf8");
process.stdout.write(`${Number(/^VmHWM:\s+(\d+)/m.exec(status)[1]) * 1024}\n`);
