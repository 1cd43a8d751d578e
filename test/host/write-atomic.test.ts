import { spawn, spawnSync } from "node:child_process";
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import fs from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { afterEach, expect, test, vi } from "vitest";
import { OutputError } from "../../src/errors.js";
import { writeAtomic, writeTogether } from "../../src/host/write-atomic.js";
import { temporaryFolder } from "../support/temporary-folder.js";

afterEach(() => {
  vi.restoreAllMocks();
});

const read = (path: string) => readFileSync(path, "utf8");

test("text, bytes and parts are written, into folders that are made", async () => {
  const folder = await temporaryFolder();
  await writeAtomic(join(folder, "a/b/text"), "2θ");
  await writeAtomic(join(folder, "a/b/bytes"), Uint8Array.of(1, 2));
  await writeAtomic(join(folder, "a/b/parts"), ["one ", Uint8Array.of(50)]);
  expect(read(join(folder, "a/b/text"))).toBe("2θ");
  expect([...readFileSync(join(folder, "a/b/bytes"))]).toEqual([1, 2]);
  expect(read(join(folder, "a/b/parts"))).toBe("one 2");
  expect(readdirSync(join(folder, "a/b"))).toHaveLength(3);
});

test("what is replaced keeps its permissions, and a link its place", async () => {
  const folder = await temporaryFolder();
  writeFileSync(join(folder, "data"), "old", { mode: 0o640 });
  symlinkSync("data", join(folder, "link"));
  await writeAtomic(join(folder, "link"), "new");
  expect(read(join(folder, "data"))).toBe("new");
  expect(statSync(join(folder, "data")).mode & 0o777).toBe(0o640);
});

test.each([
  ["folder", "it is a folder"],
  ["file/below", "a part of this path is a file"],
  ["nul\0", "a character that no file name may have"],
  ["x".repeat(300), "the name is too long"],
])("%s is refused with the remedy", async (name, why) => {
  const folder = await temporaryFolder();
  mkdirSync(join(folder, "folder"));
  writeFileSync(join(folder, "file"), "old");
  const writing = writeAtomic(join(folder, name), "new");
  await expect(writing).rejects.toThrow(OutputError);
  await expect(writing).rejects.toThrow(why);
  expect(readdirSync(folder).sort()).toEqual(["file", "folder"]);
  expect(read(join(folder, "file"))).toBe("old");
});

test.skipIf(process.platform !== "linux")("a system folder that takes no folders", async () => {
  // Node's own recursive mkdir never comes back from here.
  await expect(writeAtomic("/proc/no-such-folder/file", "new")).rejects.toThrow(OutputError);
});

test.skipIf(process.platform === "win32")("a device is never replaced", async () => {
  await expect(writeAtomic("/dev/null", "x")).rejects.toThrow("it is a device or a pipe");
});

test.each([
  ["ENOSPC", "the disk is full"],
  ["EACCES", "no permission"],
  ["EROFS", "read-only"],
])("after %s the old file is whole and nothing else is left", async (code, why) => {
  const folder = await temporaryFolder();
  const path = join(folder, "data");
  writeFileSync(path, "old");
  const open = fs.open;
  vi.spyOn(fs, "open").mockImplementation(async (...args) => {
    const handle = await open(...args);
    vi.spyOn(handle, "sync").mockRejectedValue(Object.assign(new Error(code), { code }));
    return handle;
  });
  await expect(writeAtomic(path, "new")).rejects.toThrow(why);
  expect(read(path)).toBe("old");
  expect(readdirSync(folder)).toEqual(["data"]);
});

test("of files that belong together all are written or none", async () => {
  const folder = await temporaryFolder();
  const [first, second, third] = ["a", "b", "c"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  writeFileSync(first, "old");
  const rename = fs.rename;
  const failing = vi.spyOn(fs, "rename").mockImplementation(async (from, to) => {
    if (to === third) {
      throw Object.assign(new Error("no"), { code: "EPERM" });
    }
    await rename(from, to);
  });
  const files = [first, second, third].map((path) => ({ path, data: "new" }));
  await expect(writeTogether(files)).rejects.toThrow(`${third}: not written: no permission`);
  expect(readdirSync(folder)).toEqual(["a"]);
  expect(read(first)).toBe("old");
  failing.mockRestore();
  await writeTogether(files);
  expect(readdirSync(folder)).toEqual(["a", "b", "c"]);
  expect(read(first)).toBe("new");
});

test("writers of one path at the same time leave one of their files, whole", async () => {
  const folder = await temporaryFolder();
  const path = join(folder, "data");
  const contents = ["a", "b", "c", "d"].map((letter) => letter.repeat(300_000));
  await Promise.all(contents.map((content) => writeAtomic(path, content)));
  expect(contents).toContain(read(path));
  expect(readdirSync(folder)).toEqual(["data"]);
});

/** A program of its own that writes `size` bytes to a path, over and over if asked. */
async function writer(folder: string): Promise<string> {
  const outfile = join(folder, "writer.mjs");
  await build({
    stdin: {
      contents: `
        import { writeAtomic } from "./src/host/write-atomic.ts";
        const [, , path, size, letter, again] = process.argv;
        const data = letter.repeat(Number(size));
        try {
          do {
            await writeAtomic(path, data);
            if (again) process.stdout.write("w");
          } while (again);
        } catch (error) {
          process.stdout.write(error.message);
          process.exitCode = 1;
        }`,
      resolveDir: ".",
    },
    bundle: true,
    platform: "node",
    format: "esm",
    outfile,
    logLevel: "silent",
  });
  return outfile;
}

test.skipIf(process.platform === "win32")(
  "a file larger than the system allows leaves the old one whole and nothing else",
  async () => {
    const folder = await temporaryFolder();
    const program = await writer(folder);
    const path = join(folder, "out/data");
    mkdirSync(join(folder, "out"));
    writeFileSync(path, "old");
    const limited = spawnSync("sh", [
      "-c",
      `ulimit -f 64; exec "${process.execPath}" "${program}" "${path}" 1000000 x`,
    ]);
    expect(limited.stdout.toString()).toContain(
      "the file is larger than this disk or account allows",
    );
    expect(limited.status).toBe(1);
    expect(read(path)).toBe("old");
    expect(readdirSync(join(folder, "out"))).toEqual(["data"]);
  },
);

test("a writer that is killed leaves a whole file", async () => {
  const folder = await temporaryFolder();
  const program = await writer(folder);
  const path = join(folder, "out/data");
  const size = 4_000_000;
  for (const letter of ["a", "b", "c"]) {
    const child = spawn(process.execPath, [program, path, `${size}`, letter, "again"]);
    await new Promise((resolve) => child.stdout.once("data", resolve));
    await new Promise((resolve) => setTimeout(resolve, 7 * letter.charCodeAt(0) - 670));
    child.kill("SIGKILL");
    await new Promise((resolve) => child.once("exit", resolve));
    const content = read(path);
    expect(content.length).toBe(size);
    expect(content).toBe(letter.repeat(size));
  }
});
