import { existsSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { join } from "node:path";

const FILE = join(import.meta.dirname, "results.json");
const NONE = { rows: {}, growth: {}, versions: {}, missing: {} };

/** What was measured before; a run may measure some rows only. */
export function readResults() {
  return existsSync(FILE) ? { ...NONE, ...JSON.parse(readFileSync(FILE, "utf8")) } : { ...NONE };
}

/** Earlier results with those of this run, of the rows that there still are. */
export function mergeResults(before, run, names) {
  const today = new Date().toISOString().slice(0, 10);
  const merge = (key) => {
    const stamped = Object.entries(run[key]).map(([name, row]) => [name, { ...row, date: today }]);
    const all = { ...before[key], ...Object.fromEntries(stamped) };
    return Object.fromEntries(
      names[key].filter((name) => name in all).map((name) => [name, all[name]]),
    );
  };
  return {
    machine: `${cpus()[0].model}, ${cpus().length} cores`,
    versions: { ...before.versions, Node: process.versions.node, ...run.versions },
    missing: { ...withoutKeys(before.missing, Object.keys(run.versions)), ...run.missing },
    rows: merge("rows"),
    growth: merge("growth"),
  };
}

export async function saveResults(results, text) {
  await writeFile(FILE, `${JSON.stringify(results, null, 2)}\n`);
  await writeFile(join(import.meta.dirname, "RESULTS.md"), text);
}

function withoutKeys(object, keys) {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}
