import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { lockFile } from "../../src/host/file-lock.js";
import { temporaryFolder } from "../support/temporary-folder.js";

let path: string;
beforeEach(async () => {
  path = join(await temporaryFolder(), "x.journal");
});

const heldBy = (holder: object) => writeFileSync(`${path}.lock`, JSON.stringify(holder));
const here = { host: hostname(), began: 0 };

it("is one run's at a time, and free again after it", () => {
  const lock = lockFile(path);
  expect(() => lockFile(path)).toThrow(/x\.journal: another run in this process is writing this/);
  lock.release();
  expect(existsSync(`${path}.lock`)).toBe(false);
  lockFile(path).release();
});

it("is taken over from a process that has ended, also where its number is given again", () => {
  heldBy({ ...here, pid: spawnSync(process.execPath, ["-e", ""]).pid });
  lockFile(path).release();
  heldBy({ ...here, pid: process.pid });
  const lock = lockFile(path);
  expect(JSON.parse(readFileSync(`${path}.lock`, "utf8"))).toMatchObject({ pid: process.pid });
  lock.release();
});

let other: ReturnType<typeof spawn> | undefined;
afterEach(() => void other?.kill());

it("is left to a process that runs, here or elsewhere, and to one that says nothing", () => {
  other = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60_000)"]);
  heldBy({ ...here, pid: other.pid });
  expect(() => lockFile(path)).toThrow(new RegExp(`process ${other.pid} is writing this; end it`));
  heldBy({ ...here, pid: 1, host: "elsewhere" });
  expect(() => lockFile(path)).toThrow(/process 1 on elsewhere .*remove .*x\.journal\.lock/);
  writeFileSync(`${path}.lock`, "");
  expect(() => lockFile(path)).toThrow(/another run is writing this/);
});

it("names the file that cannot be written", () => {
  const missing = join(path, "missing/x.journal");
  expect(() => lockFile(missing)).toThrow(/missing\/x\.journal: /);
});
