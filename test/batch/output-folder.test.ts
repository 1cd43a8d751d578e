import { mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { outputFolderUnder } from "../../src/batch/output-folder.js";
import { temporaryFolder } from "../support/temporary-folder.js";

test("names of outputs stay under the root (fault 18)", async () => {
  const folder = await temporaryFolder();
  const root = join(folder, "out");
  await mkdir(join(folder, "elsewhere"));
  await mkdir(root);
  await symlink(join(folder, "elsewhere"), join(root, "link"));
  await mkdir(join(root, "real"));
  await symlink(join(root, "real"), join(root, "inner"));
  const under = (name: string) => outputFolderUnder(root, name, "c.yaml");

  expect(await under("a/b")).toBe(join(root, "a/b"));
  expect(await under("a/../b")).toBe(join(root, "b"));
  expect(await under("..a")).toBe(join(root, "..a"));
  expect(await under("inner/x")).toBe(join(root, "inner/x"));
  for (const name of ["..", "../../x", "a/../../x", "/etc", join(folder, "x"), "link/x", "link"]) {
    await expect(under(name), name).rejects.toThrow("does not lie under");
  }
  // A root that is not there yet.
  expect(await outputFolderUnder(join(folder, "new/root"), "a", "c")).toBe(
    join(folder, "new/root/a"),
  );
});
