import { afterEach, expect, test } from "vitest";
import type { Progress } from "../src/integrate/options.js";
import { reportProgress, setProgressHook } from "../src/progress.js";

afterEach(() => {
  setProgressHook(undefined);
});

const progress: Progress = { label: "integrating", done: 1, total: 2 };

test("whoever is set is told, and nobody otherwise", () => {
  const told: Progress[] = [];
  reportProgress(progress);
  setProgressHook((one) => told.push(one));
  reportProgress(progress);
  setProgressHook(undefined);
  reportProgress(progress);
  expect(told).toEqual([progress]);
});

test("the hook before is given back, to be set again", () => {
  const first = () => {};
  expect(setProgressHook(first)).toBeUndefined();
  expect(setProgressHook(() => {})).toBe(first);
});

test("the hook is where another copy of the library finds it", () => {
  const told: Progress[] = [];
  Object.assign(globalThis, {
    [Symbol.for("cakelab.progress")]: (one: Progress) => told.push(one),
  });
  reportProgress(progress);
  expect(told).toEqual([progress]);
});
