// `npm test`: the set-up of a fresh clone, then the linter and every test; the last line counts
// them all. Arguments go to vitest: `npm test -- test/image`.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { explain, step } from "../binder/progress.mjs";
import {
  build,
  checkNode,
  installApart,
  installPackages,
  makeEnvironment,
  root,
} from "../binder/set-up.mjs";

const REPORT = join(root, "dist/test-report.json");

const total = { passed: 0, failed: 0, skipped: 0 };

function count(passed) {
  if (passed) total.passed++;
  else total.failed++;
}

/** A step that counts as one test; whether it passed. */
async function check(name, work, options) {
  try {
    await step(name, work, options);
    count(true);
    return true;
  } catch (error) {
    explain(error);
    count(false);
    return false;
  }
}

/** Makes a folder; without it, the tests that need it are skipped, each by its name. */
async function optional(folder, make) {
  try {
    await step(folder, make, { together: true });
  } catch (error) {
    explain(error);
    rmSync(join(root, folder), { recursive: true, force: true });
    console.error(`\nThe tests that need ${folder} will be skipped.\n`);
  }
}

function environment(folder, requirements) {
  return optional(folder, () => makeEnvironment(folder, requirements));
}

function runTool(script, args) {
  const tool = join(root, "node_modules", script);
  return spawnSync(process.execPath, [tool, ...args], { cwd: root, stdio: "inherit" }).status === 0;
}

function runTests(args) {
  rmSync(REPORT, { force: true });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${REPORT}`];
  const ok = runTool("vitest/vitest.mjs", ["run", ...reporters, ...args]);
  const report = existsSync(REPORT) ? JSON.parse(readFileSync(REPORT, "utf8")) : undefined;
  const files = report?.testResults ?? [];
  total.passed += report?.numPassedTests ?? 0;
  const tests = files.flatMap((file) => file.assertionResults);
  const skipped = tests.filter(({ status }) => status === "skipped" || status === "pending");
  total.skipped += skipped.length;
  for (const { fullName } of skipped) console.log(`skipped: ${fullName}`);
  // A file that cannot be loaded has no tests to fail, and an unhandled rejection belongs to none.
  const broken = files.filter(
    (file) => file.status === "failed" && file.assertionResults.length === 0,
  );
  const failed = (report?.numFailedTests ?? 0) + broken.length;
  total.failed += ok ? failed : Math.max(failed, 1);
}

if ((await check("Node", checkNode)) && (await check("npm packages", installPackages))) {
  // Downloads and compilers wait for different things.
  await Promise.all([
    check("build", () => build({ always: true }), { together: true }),
    environment(".venv", "binder/requirements.txt"),
    environment(".venv-test", "test/requirements.txt"),
    optional(".h5web-test", () => installApart(".h5web-test", "test/h5web")),
  ]);
  count(runTool("@biomejs/biome/bin/biome", ["check", "--error-on-warnings", "."]));
  runTests(process.argv.slice(2));
}
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : "";
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
process.exitCode = total.failed > 0 ? 1 : 0;
