import { expect, it } from "vitest";
import { binEdges, profilesOf, sharesAxis } from "../../../widgets/lines/profiles.js";

const array = (...values: number[]) => ({
  data: Float64Array.from(values),
  shape: [values.length],
});

it("takes one axis for all, or one for each", () => {
  const shared = profilesOf({ x0: array(1, 2), y0: array(3, 4), y1: array(5, 6) }, ["a", "b"]);
  expect(sharesAxis(shared)).toBe(true);
  expect(shared[1]).toMatchObject({ label: "b", y: Float64Array.of(5, 6) });
  const own = { x0: array(1, 2), x1: array(2, 5), y0: array(3, 4), y1: array(5, 6) };
  const apart = profilesOf(own, ["a", "b"]);
  expect(sharesAxis(apart)).toBe(false);
  expect(binEdges(apart)).toEqual([0.5, 6.5]);
});

it("leaves out a profile whose numbers have not come", () => {
  expect(profilesOf({ x0: array(1) }, ["a"])).toEqual([]);
  expect(binEdges([])).toEqual([0, 1]);
});
