import { expect, test } from "vitest";
import { explicitJson, sidePath } from "../../src/export/side-file.js";

test.each([
  ["a/b.dat", "a/b.json"],
  ["a.b/c", "a.b/c.json"],
  ["a.b.dat", "a.b.json"],
  ["a/.dat", "a/.dat.json"],
  ["x.json", "x.json.json"],
])("what belongs to %s goes to %s", (path, side) => {
  expect(sidePath(path)).toBe(side);
});

test("options that were not given are seen", () => {
  expect(explicitJson({ dummy: undefined, mask: false })).toBe('{"dummy":null,"mask":false}');
});
