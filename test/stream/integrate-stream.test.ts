import { expect, it } from "vitest";
import { type CakelabError, ShapeError } from "../../src/errors.js";
import type { Integrate1dResult } from "../../src/integrate/result.js";
import type { StreamFrame } from "../../src/stream/frame-stream.js";
import { integrateStream, type StreamPlan } from "../../src/stream/integrate-stream.js";

const frame = (index: number, columns: number): StreamFrame => ({
  data: new Float32Array(2 * columns).fill(index),
  shape: [2, columns],
  index,
  number: index,
  timestamp: 1.7e9,
  source: `scan/frame_${index}.tif`,
});

const plan = (factor: number): StreamPlan<Integrate1dResult> => ({
  async integrate({ data, shape }) {
    if (shape[1] !== 3) throw new ShapeError("image", [2, 3], shape, "give one of this shape");
    return { intensity: Float64Array.of(factor * data[0]!) } as Integrate1dResult;
  },
});

async function* frames(): AsyncGenerator<StreamFrame> {
  for (const [index, columns] of [3, 4, 3].entries()) yield frame(index + 1, columns);
}

it("gives what each plan makes of each frame, and names one that is of another shape", async () => {
  const troubles: CakelabError[] = [];
  const seen: (readonly [number, number[]])[] = [];
  const onTrouble = (trouble: CakelabError): void => void troubles.push(trouble);
  for await (const { frame, results } of integrateStream(frames(), [plan(1), plan(10)], {
    onTrouble,
  })) {
    seen.push([frame.number, results.map(({ intensity }) => intensity[0]!)]);
  }
  expect(seen).toEqual([
    [1, [1, 10]],
    [3, [3, 30]],
  ]);
  expect(troubles.map(({ message }) => message)).toEqual([
    "scan/frame_2.tif: image: its shape is 2 × 4, not 2 × 3; give one of this shape",
  ]);
});
