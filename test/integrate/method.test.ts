import { expect, it } from "vitest";
import { resolveMethod } from "../../src/integrate/method.js";

// As pyFAI 2026.9 resolves these words for 1D and 2D.
it.each([
  ["full_csr", "full"],
  [["full", "csr", "cython"], "full"],
  ["nosplit_csr", "no"],
  ["splitpixel", "full"],
  ["BBox", "bbox"],
  ["csr", "bbox"],
  ["lut_ocl", "bbox"],
  ["full_ocl_csr", "full"],
  ["numpy", "no"],
  ["cython", "no"],
] as const)("%j splits pixels as in pyFAI: %s", (method, split) => {
  expect(resolveMethod(method).split).toBe(split);
});

it("splits exactly where nothing is said of splitting", () => {
  expect(resolveMethod(undefined).split).toBe("full");
  expect(resolveMethod("js").split).toBe("full");
  expect(resolveMethod({ algorithm: "csr" }).split).toBe("full");
});
