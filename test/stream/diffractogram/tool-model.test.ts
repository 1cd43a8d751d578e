import fc from "fast-check";
import { expect, it } from "vitest";
import type { DiffractogramTool } from "../../../src/stream/diffractogram/diffractogram-tool.js";
import { level, newTool, rows, values } from "./small-tool.js";

/** What LaVue's buttons do, in the plainest way. */
interface Model {
  image: number | undefined;
  shown: number | undefined;
  isShown: boolean;
  isCollecting: boolean;
  size: number;
  unit: string;
  rows: number[];
  reference: number | undefined;
  emitted: number;
}

type Step = (model: Model, tool: DiffractogramTool) => unknown;

function compute(model: Model, mayCollect: boolean): void {
  model.shown = model.image;
  model.emitted++;
  if (!mayCollect || !model.isCollecting) return;
  model.rows = [...model.rows, model.image!].slice(-model.size);
}

const put = fc.integer({ min: 1, max: 900 }).map(
  (value): Step =>
    (model, tool) => {
      model.image = value;
      if (model.isShown) compute(model, true);
      return tool.put(level(value));
    },
);

const size = fc.integer({ min: 1, max: 4 }).map(
  (bufferSize): Step =>
    (model, tool) => {
      if (model.size !== bufferSize) model.rows = [];
      model.size = bufferSize;
      return tool.set({ bufferSize });
    },
);

const unit = fc.constantFrom("2th_deg", "r_mm").map(
  (name): Step =>
    (model, tool) => {
      if (model.unit !== name) {
        model.rows = [];
        if (model.image !== undefined) compute(model, false);
      }
      model.unit = name;
      return tool.set({ unit: name });
    },
);

const buttons = fc.constantFrom<Step>(
  (model, tool) => {
    if (!model.isShown && model.image !== undefined) compute(model, false);
    model.isShown = true;
    return tool.show();
  },
  (model, tool) => {
    model.isShown = false;
    tool.stop();
  },
  (model, tool) => {
    if (model.image === undefined) return expect(tool.next()).rejects.toThrow(/none has come/);
    compute(model, true);
    return tool.next();
  },
  (model, tool) => {
    model.isCollecting = true;
    tool.collect();
  },
  (model, tool) => {
    model.isCollecting = false;
    tool.stopCollecting();
  },
  (model, tool) => {
    model.rows = [];
    tool.reset();
  },
  (model, tool) => {
    model.reference = model.shown;
    tool.freeze();
  },
  (model, tool) => {
    model.reference = undefined;
    tool.clearReferences();
  },
);

it("does what the buttons say, in any order", async () => {
  const steps = fc.array(fc.oneof(put, put, buttons, buttons, size, unit), { maxLength: 40 });
  const property = fc.asyncProperty(steps, async (list) => {
    const tool = newTool({ bufferSize: 3 });
    const model: Model = {
      ...{ image: undefined, shown: undefined, isShown: false, isCollecting: false, size: 3 },
      ...{ unit: "2th_deg", rows: [], reference: undefined, emitted: 0 },
    };
    let emitted = 0;
    tool.onResults(() => emitted++);
    await tool.set({ peakLimit: 0 });
    for (const step of list) {
      await step(model, tool);
      expect(values(tool)).toEqual(model.shown === undefined ? [] : [model.shown]);
      expect(rows(tool)).toEqual(model.rows);
      expect(tool.references.map(({ intensity }) => Math.round(intensity[10]!))).toEqual(
        model.reference === undefined ? [] : [model.reference],
      );
      expect(tool).toMatchObject({ isShown: model.isShown, isCollecting: model.isCollecting });
      expect(emitted).toBe(model.emitted);
    }
  });
  await fc.assert(property, { seed: 20261120, numRuns: 60 });
});
