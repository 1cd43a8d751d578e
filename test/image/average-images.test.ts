import { join } from "node:path";
import { expect, test } from "vitest";
import { ShapeError } from "../../src/errors.js";
import { writeNpy } from "../../src/export/npy.js";
import { averageImages } from "../../src/image/average-images.js";
import { temporaryFolder } from "../support/temporary-folder.js";

test("all frames of all files count the same, beyond the range of their type", async () => {
  const folder = await temporaryFolder();
  const [one, two] = [join(folder, "one.npy"), join(folder, "two.npy")];
  await writeNpy(one, { data: Uint16Array.of(65535, 0, 65535, 1), shape: [2, 1, 2] });
  await writeNpy(two, { data: Uint16Array.of(65535, 2), shape: [1, 2] });
  expect(await averageImages([one, two])).toEqual({
    data: Float64Array.of(65535, 1),
    shape: [1, 2],
  });
});

test("images of different shapes are refused by name", async () => {
  const folder = await temporaryFolder();
  const [one, two] = [join(folder, "one.npy"), join(folder, "two.npy")];
  await writeNpy(one, { data: new Float32Array(2), shape: [1, 2] });
  await writeNpy(two, { data: new Float32Array(2), shape: [2, 1] });
  await expect(averageImages([one, two])).rejects.toThrow(ShapeError);
  await expect(averageImages([one, two])).rejects.toThrow(
    /two\.npy: its shape is 2 × 1, not 1 × 2/,
  );
});
