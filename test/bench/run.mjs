// `npm run bench`: CakeLab and others take turns at the same work on this machine; the tables give
// medians over pairs of turns. `--save` keeps what was measured in test/bench/RESULTS.md, beside what
// earlier runs have measured. Words choose the rows that hold one of them, such as
// `npm run bench -- wasm text`; `growth` alone chooses how the cost grows. `--list` names the rows,
// `--install` first makes .venv-bench with midas-integrate and, where it can be built, azint.
import { fileRows } from "./files.mjs";
import { growthRows } from "./growth.mjs";
import { install } from "./install.mjs";
import { integrationRows } from "./integrations.mjs";
import { kernelRows } from "./kernels.mjs";
import { loopGuardRow } from "./loop-guards.mjs";
import { measurePairs } from "./pairs.mjs";
import { peakRows } from "./peaks.mjs";
import { processRows } from "./processes.mjs";
import { mergeResults, readResults, saveResults } from "./results.mjs";
import { stackRows } from "./stacks.mjs";
import { streamRows } from "./streams.mjs";
import { quantity, resultsText } from "./table.mjs";
import { viewRows } from "./views.mjs";
import { Workplace } from "./workplace.mjs";

const words = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const has = (option) => process.argv.includes(`--${option}`);

if (has("install")) await install();
const place = new Workplace();
const pairs = [
  ...integrationRows(place),
  ...fileRows(place),
  ...stackRows(place),
  ...streamRows(place),
  ...peakRows(place),
  ...processRows(place),
  ...kernelRows(),
  loopGuardRow(),
  ...viewRows(),
];
const growth = growthRows(place);
const isChosen = (text) => words.length === 0 || words.some((word) => text.includes(word));
const chosen = pairs.filter(({ section, name }) => isChosen(`${section}: ${name}`));
const chosenGrowth = growth.filter(({ what }) => isChosen(`growth: ${what}`));

if (has("list")) {
  for (const { section, name } of pairs) console.log(`${section}: ${name}`);
  for (const { what } of growth) console.log(`growth: ${what}`);
} else {
  const run = { rows: {}, growth: {}, versions: {}, missing: {} };
  try {
    await place.open();
    for (const row of chosen) await measureRow(row, run);
    for (const { what, measure } of chosenGrowth) {
      run.growth[what] = await measure();
      const { plan, frame } = run.growth[what];
      console.log(`${what}: plan ${quantity(plan)}, frame ${quantity(frame)}`);
    }
  } finally {
    run.versions = await place.close();
  }
  if (has("save")) {
    const names = {
      rows: pairs.map(nameOf),
      growth: growth.map(({ what }) => what),
    };
    const results = mergeResults(readResults(), run, names);
    await saveResults(results, resultsText(results));
  }
}

async function measureRow(row, run) {
  const { section, name, limit, unit } = row;
  if (section in run.missing) return;
  try {
    const found = await (row.measure?.() ?? measurePairs(row));
    run.rows[nameOf(row)] = { section, name, limit, unit, ...found };
    const { our, their, ratio } = found;
    const over = ratio > limit ? ", exceeded" : "";
    const of = limit === undefined ? "" : ` (limit ${limit}${over})`;
    console.log(
      `${nameOf(row)}: ${quantity(our, unit)} / ${quantity(their, unit)} = ${ratio.toFixed(3)}${of}`,
    );
  } catch (error) {
    if (!error.isMissing) throw error;
    run.missing[section] = error.message;
    console.error(error.message);
  }
}

function nameOf({ section, name }) {
  return `${section}: ${name}`;
}
