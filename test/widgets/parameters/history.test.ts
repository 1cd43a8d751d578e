import { expect, it } from "vitest";
import { History } from "../../../widgets/parameters/history.js";

it("goes back and forth, and forgets what was undone when something else is done", () => {
  const history = new History<number>(0, Object.is);
  expect(history.undo()).toBeUndefined();
  for (const state of [1, 1, 2, 3]) history.keep(state);
  expect([history.undo(), history.undo()]).toEqual([2, 1]);
  expect(history.redo()).toBe(2);
  history.keep(9);
  expect(history.canRedo).toBe(false);
  expect([history.undo(), history.undo(), history.undo(), history.undo()]).toEqual([
    2,
    1,
    0,
    undefined,
  ]);
});
