import { expect, it } from "vitest";
import { mimeBundle } from "../../../kernel-ext/mime-bundle.js";
import { plot } from "../../../kernel-ext/show/plot.js";
import { OptionError } from "../../../src/errors.js";

const axes = { xTitle: "load in N", yTitle: "strain in 10⁻⁶" };

it("draws curves with their names and axes, and tells them in words", async () => {
  const x = Float64Array.of(0, 1, 2);
  const shown = plot(
    [
      { label: "along", x, y: [0, 5, 10] },
      { label: "across", x, y: [0, Number.NaN, -3] },
    ],
    { ...axes, title: "A test" },
  );
  for (const text of ["along", "across", "load in N", "strain in 10⁻⁶", "A test"]) {
    expect(shown.svg).toContain(text);
  }
  const bundle = await mimeBundle(shown);
  expect(bundle["text/plain"]).toBe("A test: strain in 10⁻⁶ over load in N; along, across.");
  expect(bundle["text/html"]).toContain("data:image/svg+xml;base64,");
  expect(bundle["image/png"]).toMatch(/^iVBOR/);
});

it("says which curve has other places than values", () => {
  expect(() => plot([{ label: "along", x: [0, 1], y: [0] }], axes)).toThrow(OptionError);
  expect(() => plot([{ label: "along", x: [0, 1], y: [0] }], axes)).toThrow(/along has 2 places/);
});
