import { describe, expect, it } from "vitest";
import { csvText, datText } from "../../../widgets/export/table-text.js";

const COLUMNS = [
  { name: 'q, "x"', values: Float64Array.of(0.1, 1e-7) },
  { name: "cake\n1", values: [3, Number.NaN] },
];

describe("numbers as text", () => {
  it("with commas, headings quoted where they need it", () => {
    expect(csvText(COLUMNS)).toBe('"q, ""x""","cake\n1"\n0.1,3\n1e-7,NaN\n');
  });

  it("with tabs, headings in one comment", () => {
    expect(datText(COLUMNS)).toBe('# q, "x"\tcake 1\n0.1\t3\n1e-7\tNaN\n');
  });
});
