import { expect, it } from "vitest";
import * as widgets from "../../../kernel-ext/widgets/index.js";

it("cakelab/widgets exports these names", () => {
  expect(Object.keys(widgets)).toMatchInlineSnapshot();
});
