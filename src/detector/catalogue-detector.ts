import { OptionError } from "../errors.js";
import { bentLayout, moduleArcLayout } from "./bent.js";
import type { Model } from "./catalogue/model.js";
import type { Detector, Orientation, PixelLayout, Shape } from "./detector.js";
import { binMask, maskOf } from "./gaps.js";
import { gridLayout, moduleEdges, uniformEdges } from "./grid.js";
import { hexagonalLayout } from "./hexagonal.js";
import { orientCorners, orientMask } from "./orientation.js";
import { nominalReadout, type Readout, readoutOf, sameShape } from "./readout.js";
import type { NamedDetectorSpec } from "./spec.js";

/** A detector of the catalogue, with what a specification changes in it. */
export function catalogueDetector(model: Model, spec: NamedDetectorSpec): Detector {
  checkForm(model, spec);
  const { sensor, maxShape: givenShape, orientation = 3 } = spec;
  const maxShape = givenShape ?? model.shape;
  const pixel1 = spec.pixel1 ?? model.pixel[0];
  const pixel2 = spec.pixel2 ?? model.pixel[1];
  const nominal = nominalReadout(model, maxShape, pixel1, pixel2);
  const radius = model.form?.kind === "bent" ? (spec.radius ?? model.form.radius) : undefined;
  const readoutFor = (shape: Shape) => readoutOf(model, maxShape, nominal, shape);
  return {
    name: model.name,
    pixel1,
    pixel2,
    shape: [...nominal.shape],
    orientation,
    flat: model.form?.kind !== "bent" && model.form?.kind !== "arc",
    ...(model.dummy === undefined ? {} : { dummy: model.dummy }),
    ...(model.deltaDummy === undefined ? {} : { deltaDummy: model.deltaDummy }),
    config: {
      pixel1,
      pixel2,
      orientation,
      ...(sameShape(maxShape, model.shape) ? {} : { max_shape: [...maxShape] }),
      ...(radius === undefined ? {} : { radius }),
      ...(sensor === undefined ? {} : { sensor: { ...sensor } }),
    },
    layout: (shape) => layoutOf(model, readoutFor(shape), orientation, radius),
    mask: (shape) => maskFor(model, maxShape, readoutFor(shape), orientation),
  };
}

/** Pixels that are not all alike cannot be scaled or counted anew. */
function checkForm(model: Model, spec: NamedDetectorSpec): void {
  const { form, name } = model;
  if (spec.radius !== undefined && form?.kind !== "bent") {
    throw new OptionError("radius", spec.radius, `${name} is not bent; leave it out`);
  }
  if (form === undefined) return;
  if (spec.maxShape !== undefined && !sameShape(spec.maxShape, model.shape)) {
    const remedy = `the pixels of ${name} are laid out for ${model.shape.join(" × ")}`;
    throw new OptionError("maxShape", spec.maxShape, `${remedy}; leave it out`);
  }
  if (form.kind === "bent") return;
  for (const [axis, key] of [
    [0, "pixel1"],
    [1, "pixel2"],
  ] as const) {
    const given = spec[key];
    if (given !== undefined && Math.abs(given / model.pixel[axis] - 1) > 1e-3) {
      const remedy = `${name} is built of pixels of ${model.pixel[axis]} m`;
      throw new OptionError(key, given, `${remedy}; leave it out, or give detector({ corners })`);
    }
  }
}

function layoutOf(
  model: Model,
  { shape, pixel1, pixel2 }: Readout,
  orientation: Orientation,
  radius: number | undefined,
): PixelLayout {
  const { form } = model;
  const [rows, columns] = shape;
  if (form === undefined || form.kind === "modules") {
    const edges = (count: number, pixel: number, axis: "rows" | "columns") => {
      const modules = form?.[axis];
      return modules === undefined
        ? uniformEdges(count, pixel)
        : moduleEdges(count, pixel, modules);
    };
    const byRow = edges(rows, pixel1, "rows");
    return gridLayout(byRow, edges(columns, pixel2, "columns"), orientation);
  }
  if (form.kind === "hexagonal") {
    return orientCorners(hexagonalLayout(shape, pixel2), shape, orientation);
  }
  const native =
    form.kind === "arc"
      ? moduleArcLayout(shape, pixel1, form.arc)
      : bentLayout(shape, pixel1, pixel2, radius ?? form.radius);
  return orientCorners(native, shape, orientation);
}

function maskFor(
  model: Model,
  maxShape: Shape,
  readout: Readout,
  orientation: Orientation,
): Uint8Array | undefined {
  const { mask: rule } = model;
  if (rule === undefined) return undefined;
  const { shape, binning } = readout;
  const mask =
    rule.kind === "circle" || sameShape(binning, [1, 1])
      ? maskOf(rule, shape)
      : binMask(maskOf(rule, maxShape), maxShape, binning);
  return mask.includes(1) ? orientMask(mask, shape, orientation) : undefined;
}
