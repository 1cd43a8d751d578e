import { describe, expect, it } from "vitest";
import { checkExact, checkPyfai } from "../support/check-case.js";
import {
  hasShared,
  integrateCase,
  ownCases,
  type ReferenceCase,
  sharedCases,
} from "../support/reference-cases.js";

/** Every engine has to give the same answers. */
const ENGINES = ["js", "wasm"] as const;

async function check(c: ReferenceCase, engine: (typeof ENGINES)[number]): Promise<void> {
  const result = await integrateCase(c, engine);
  expect(result.engine.name).toBe(engine);
  expect(result.unit).toBe(c.options.unit);
  if (c.exact !== undefined) checkExact(c, result, c.exact);
  if (c.pyfai !== undefined) checkPyfai(c, result, c.pyfai);
}

describe.each(ENGINES)("%s against pyFAI and the exact calculation", (engine) => {
  const cases = ownCases().filter((c) => c.truth === undefined);
  it("has cases", () => expect(cases.length).toBeGreaterThan(50));
  it.each(cases.map((c) => [c.name, c] as const))("%s", (_, c) => check(c, engine));

  it("gives what `empty` says where no pixel is", async () => {
    const c = cases.find((candidate) => candidate.name === "turned_1d_bbox_empty")!;
    const { intensity, count } = await integrateCase(c, engine);
    const without = intensity.filter((_, bin) => count[bin] === 0);
    expect(without.length).toBeGreaterThan(10);
    expect(new Set(without)).toEqual(new Set([-7]));
  });
});

describe.each(ENGINES)("%s against the reference beside the project", (engine) => {
  it.skipIf(!hasShared)("has the 49 cases that are part of CakeLab", () => {
    expect(sharedCases().length).toBe(49);
  });
  it.skipIf(!hasShared).each(sharedCases().map((c) => [c.name, c] as const))("%s", (_, c) =>
    check(c, engine),
  );
});
