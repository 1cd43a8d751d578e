import { expect, it, onTestFinished } from "vitest";
import { IdleTimer } from "../../src/stream/idle-timer.js";

const after = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

function timer(milliseconds: number): { calls: number; idle: IdleTimer } {
  const state = { calls: 0, idle: new IdleTimer(milliseconds, () => void state.calls++) };
  onTestFinished(() => state.idle.stop());
  return state;
}

it("calls when it was not restarted, again and again until it is stopped", async () => {
  const state = timer(200);
  for (let i = 0; i < 4; i++) {
    await after(100);
    state.idle.restart();
  }
  expect(state.calls).toBe(0);
  await after(300);
  expect(state.calls).toBe(1);
  await after(200);
  expect(state.calls).toBe(2);
  state.idle.stop();
  await after(300);
  expect(state.calls).toBe(2);
});

it("lets what came while its thread was at work be seen first", async () => {
  const state = timer(50);
  const begun = performance.now();
  while (performance.now() - begun < 250);
  await after(100);
  expect(state.calls).toBe(0);
  state.idle.restart();
});
