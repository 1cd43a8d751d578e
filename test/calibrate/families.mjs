// node test/calibrate/families.mjs [images of each family, 9] [first seed, 1] [--json FILE]
// Calibrates images of the twelve families without start values, and with another calibrant's name,
// and tells how many are right. Slow: two seconds an image and more. Needs `npm run build`.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { calibrate } from "../../dist/src/index.js";

const [count = 9, first = 1] = process.argv.slice(2).map(Number);
const folder = await mkdtemp(join(tmpdir(), "families-"));
const outfile = join(folder, "families.mjs");
const entry = `export * from "./calibration-families.ts"; export * from "./radial-error.ts";`;
await build({
  stdin: { contents: entry, resolveDir: new URL("../support", import.meta.url).pathname },
  bundle: true,
  platform: "node",
  format: "esm",
  outfile,
});
const { drawCalibrationCase, FAMILIES, radialError } = await import(outfile);
await rm(folder, { recursive: true });

const attempt = async (drawn, changes = {}) => {
  const { image, mask, calibrant, wavelength, detector } = drawn;
  const options = { calibrant, wavelength, detector, mask, correctSolidAngle: true, ...changes };
  const started = performance.now();
  try {
    const result = await calibrate(image, options);
    const pixel = detector.pixel1;
    const error = radialError(result.ai, drawn.geometry, image.shape, pixel, mask.data);
    return { result, error, seconds: (performance.now() - started) / 1000 };
  } catch (error) {
    return { reason: error.reason ?? error.message, seconds: (performance.now() - started) / 1000 };
  }
};

const rows = [];
const pulls = {};
for (const family of FAMILIES) {
  const row = {
    family,
    right: 0,
    refused: 0,
    warned: 0,
    silent: 0,
    foiled: 0,
    errors: [],
    times: [],
  };
  for (let seed = first; seed < first + count; seed++) {
    const drawn = drawCalibrationCase(family, seed);
    const { result, error, seconds } = await attempt(drawn);
    row.times.push(seconds);
    if (result === undefined) row.refused++;
    else {
      row.errors.push(error);
      if (error < 0.5) row.right++;
      if (result.warnings.length > 0) row.warned++;
      else if (error > 2) row.silent++;
      for (const name of ["dist", "poni1", "poni2", "rot1", "rot2"]) {
        const pull = (result.ai[name] - drawn.geometry[name]) / result.sigma[name];
        pulls[family] ??= [];
        pulls[family].push(pull ** 2);
      }
    }
    const calibrant = drawn.calibrant === "CeO2" ? "LaB6" : "CeO2";
    const other = await attempt(drawn, { calibrant });
    if (other.result === undefined || other.result.warnings.length > 0) row.foiled++;
  }
  rows.push(row);
  const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
  const pull = Math.sqrt(pulls[family].reduce((sum, v) => sum + v, 0) / pulls[family].length);
  console.log(
    `${family.padEnd(13)} right ${row.right}/${count}  refused ${row.refused}  warned ${row.warned}  silently wrong ${row.silent}  ` +
      `median ${median(row.errors).toFixed(4)} px  worst ${Math.max(...row.errors).toFixed(4)} px  ` +
      `RMS pull ${pull.toFixed(2)}  other calibrant refused ${row.foiled}/${count}  ${median(row.times).toFixed(1)} s`,
  );
}
const total = rows.reduce((sum, { right }) => sum + right, 0);
console.log(`right: ${total} of ${count * rows.length}`);
const at = process.argv.indexOf("--json");
if (at > 0) await writeFile(process.argv[at + 1], JSON.stringify(rows));
