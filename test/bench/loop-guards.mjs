// The row of loop guards: the same function as a cell compiles it, and as V8 gets it otherwise.
import { tmpdir } from "node:os";
import vm from "node:vm";
import { createCellExecutor } from "../../dist/kernel-ext/compile/create-cell-executor.js";
import { median } from "./pairs.mjs";

const RUNS = 60;
const values = Float64Array.from({ length: 1_000_000 }, (_, i) => i % 7);
const arrays = [values, Array.from(values)];

const SUM = "sum += values[i]";
const bodies = [
  `for (let i = 0; i < values.length; i++) ${SUM};`,
  `let i = 0; while (i < values.length) { ${SUM}; i++; }`,
  `let i = 0; do { ${SUM}; i++; } while (i < values.length);`,
  `for (let row = 0; row < 1e6; row += 1000) for (let i = row; i < row + 1000; i++) ${SUM};`,
];

/** Loops over arrays in a cell; the ratio is the median of several kinds, of the shortest of many runs. */
export function loopGuardRow() {
  return {
    section: "kernels",
    name: "an array loop in a cell, against the same without guards",
    limit: 1.15,
    measure: async () => {
      const interrupt = new Int32Array(new SharedArrayBuffer(4));
      const executor = createCellExecutor({ folder: tmpdir(), interrupt });
      const pairs = [];
      try {
        for (const body of bodies) {
          for (const array of arrays) pairs.push(await measurePair(executor, body, array));
        }
      } finally {
        executor.close();
      }
      const total = (which) => pairs.reduce((sum, pair) => sum + pair[which], 0) / 1000;
      const ratio = median(pairs.map(({ our, their }) => our / their));
      return { pairs: pairs.length, ratio, our: total("our"), their: total("their") };
    },
  };
}

async function measurePair(executor, body, array) {
  const plain = `(function (values) { let sum = 0; ${body} return sum; })`;
  const outcome = await executor.execute(plain.replace("(values)", "(values: any)"), {});
  const loops = { our: outcome.value, their: vm.runInThisContext(plain) };
  const shortest = { our: Number.POSITIVE_INFINITY, their: Number.POSITIVE_INFINITY };
  for (let run = 0; run < RUNS; run++) {
    for (const [which, loop] of Object.entries(loops)) {
      const start = performance.now();
      loop(array);
      shortest[which] = Math.min(shortest[which], performance.now() - start);
    }
  }
  return shortest;
}
