import { expect, it } from "vitest";
import { OptionError } from "../../../src/errors.js";
import { batchFiles } from "../../../src/stream/midas/batch-files.js";

it("counts the number in the first file's name on", () => {
  const at = (dataFile: string, startFile?: number, endFile?: number) =>
    batchFiles({
      dataFile,
      ...(startFile !== undefined && { startFile }),
      ...(endFile !== undefined && { endFile }),
    });
  expect(at("data.tif")).toEqual(["data.tif"]);
  expect(at("/d/scan_000007.tif", undefined, 9)).toEqual([
    "/d/scan_000007.tif",
    "/d/scan_000008.tif",
    "/d/scan_000009.tif",
  ]);
  expect(at("12_scan_000001_30keV.ge3", undefined, 2)).toEqual([
    "12_scan_000001_30keV.ge3",
    "12_scan_000002_30keV.ge3",
  ]);
  expect(at("12_scan_99.tif", 99, 101)).toEqual([
    "12_scan_99.tif",
    "12_scan_100.tif",
    "12_scan_101.tif",
  ]);
  expect(at("1/a_1_b_0001.tif", 1)).toEqual(["1/a_1_b_0001.tif"]);
  for (const wrong of [
    ["data.tif", undefined, 2],
    ["a_000001.tif", 2, 3],
    ["a_000003.tif", 3, 1],
  ]) {
    expect(() => at(...(wrong as [string, number, number]))).toThrow(OptionError);
  }
});
