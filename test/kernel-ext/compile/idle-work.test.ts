import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { IdleWork } from "../../../kernel-ext/compile/idle-work.js";

let done: number[];
function* steps(): Generator<void> {
  for (let i = 1; i <= 3; i++) {
    done.push(i);
    yield;
  }
}

beforeEach(() => {
  done = [];
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it("waits for quiet, then goes on to the end", () => {
  const work = new IdleWork(steps());
  work.resume();
  vi.advanceTimersByTime(200);
  work.resume();
  vi.advanceTimersByTime(200);
  expect(done).toEqual([]);
  vi.runAllTimers();
  expect(done).toEqual([1, 2, 3]);
});

it("pauses between steps, and goes on where it was", () => {
  const work = new IdleWork(steps());
  work.resume();
  vi.advanceTimersToNextTimer();
  work.pause();
  vi.runAllTimers();
  expect(done).toEqual([1]);
  work.resume();
  vi.runAllTimers();
  expect(done).toEqual([1, 2, 3]);
});

it("does nothing more when it is stopped", () => {
  const work = new IdleWork(steps());
  work.resume();
  vi.advanceTimersToNextTimer();
  work.stop();
  work.resume();
  vi.runAllTimers();
  expect(done).toEqual([1]);
});
