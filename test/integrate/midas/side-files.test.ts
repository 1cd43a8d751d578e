import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { MidasParameters } from "../../../src/config/midas/parameters.js";
import { FileAccessError, FileFormatError } from "../../../src/errors.js";
import { readMidasSideData } from "../../../src/integrate/midas/side-files.js";
import { midasCase } from "../../support/midas-cases.js";
import { temporaryFolder } from "../../support/temporary-folder.js";

const { parameters, folder } = midasCase("files");

/** What reading says of a file whose bytes are these. */
async function withFile(key: keyof MidasParameters, bytes: Uint8Array): Promise<unknown> {
  const path = join(await temporaryFolder(), "a.bin");
  writeFileSync(path, bytes);
  return readMidasSideData({ ...parameters, [key]: path });
}

describe("readMidasSideData", () => {
  it("takes files from the parameter file's folder where the working folder has none", async () => {
    const found = await readMidasSideData(parameters);
    expect(found.distortion?.dY.length).toBe(480);
    const moved = await temporaryFolder();
    for (const name of ["distortion.bin", "residual.bin"]) {
      copyFileSync(join(folder, name), join(moved, name));
    }
    const path = join(moved, "ps.txt");
    expect(await readMidasSideData({ ...parameters, path })).toEqual(found);
  });

  it("turns the distortion as images are turned, and the radius' correction not", async () => {
    const turned = await readMidasSideData(parameters);
    const plain = await readMidasSideData({ ...parameters, ImTransOpt: [] });
    expect(turned.distortion!.dY[0]).toBe(plain.distortion!.dY[23]);
    expect(turned.radiusCorrection).toEqual(plain.radiusCorrection);
  });

  it.each([
    [
      "DistortionFile",
      new Uint8Array(480 * 8),
      /a DistortionFile of 20 × 24 pixels has 7680 bytes/,
    ],
    ["ResidualCorrectionMap", new Uint8Array(7), /has 3840 bytes, and this file 7/],
    ["ResidualCorrectionMap", new Uint8Array(3840).fill(255), /a value that is not finite/],
  ] as const)("refuses a %s that is none", async (key, bytes, message) => {
    await expect(withFile(key, bytes)).rejects.toThrow(FileFormatError);
    await expect(withFile(key, bytes)).rejects.toThrow(message);
  });

  it("names a file that is not there, and the key that names it", async () => {
    for (const key of ["DistortionFile", "ResidualCorrectionMap"] as const) {
      const reading = readMidasSideData({ ...parameters, [key]: "none.bin" });
      await expect(reading).rejects.toThrow(FileAccessError);
      await expect(reading).rejects.toThrow(`this file, which ${key} names, cannot be read`);
    }
    const panels = midasCase("panels").parameters;
    const shifts = { ...panels, PanelShiftsFile: "none.txt" };
    await expect(readMidasSideData(shifts)).rejects.toThrow(/PanelShiftsFile names/);
    const mask = { ...parameters, MaskFile: "none.tif" };
    await expect(readMidasSideData(mask)).rejects.toThrow(FileAccessError);
  });
});
