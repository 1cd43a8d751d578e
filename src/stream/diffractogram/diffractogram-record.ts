import type { RecordArrays, RecordLayout } from "../record/record-layout.js";
import type { DiffractogramPattern } from "./diffractogram-pattern.js";
import type { DiffractogramPeak } from "./diffractogram-peaks.js";
import type { DiffractogramTool } from "./diffractogram-tool.js";

/** What is kept of each peak, and where it is found. */
export const PEAK_COLUMNS: Readonly<Record<string, (peak: DiffractogramPeak) => number>> = {
  position: ({ position }) => position,
  position_errors: ({ sigma }) => sigma.position,
  value: ({ value }) => value,
  value_errors: ({ sigma }) => sigma.value,
  width: ({ width }) => width,
  width_errors: ({ sigma }) => sigma.width,
};

/** The arrays that are kept of an image: for range i, from 1, `intensity_i`, `errors_i` and its peaks. */
export function diffractogramLayout(patterns: readonly DiffractogramPattern[]): RecordLayout {
  const arrays = patterns.flatMap(({ radial, sigma }, at) => {
    const profile = { type: "float32", shape: [radial.length] } as const;
    const peaks = Object.keys(PEAK_COLUMNS).map((name) => {
      return [`${name}_${at + 1}`, { type: "float64", shape: ["varies"] }] as const;
    });
    return [
      [`intensity_${at + 1}`, profile] as const,
      ...(sigma === undefined ? [] : [[`errors_${at + 1}`, profile] as const]),
      ...peaks,
    ];
  });
  return Object.fromEntries(arrays);
}

/** The arrays of the image that a tool has integrated last. */
export function diffractogramArrays(
  { patterns, peaks }: Pick<DiffractogramTool, "patterns" | "peaks">,
  layout: RecordLayout,
): RecordArrays {
  const arrays: Record<string, Float32Array | Float64Array> = {};
  patterns.forEach(({ intensity, sigma }, at) => {
    const i = at + 1;
    arrays[`intensity_${i}`] = Float32Array.from(intensity);
    if (`errors_${i}` in layout) {
      const none = new Float32Array(intensity.length).fill(Number.NaN);
      arrays[`errors_${i}`] = sigma === undefined ? none : Float32Array.from(sigma);
    }
    for (const [name, numberOf] of Object.entries(PEAK_COLUMNS)) {
      arrays[`${name}_${i}`] = Float64Array.from(peaks[at]!, numberOf);
    }
  });
  return arrays;
}
