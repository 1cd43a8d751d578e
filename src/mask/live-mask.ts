import type { Image } from "../array.js";
import type { Region } from "../widget-messages.js";
import { combineMasks, type Mask } from "./mask.js";
import { drawMask, type MaskShape, type Point } from "./shapes.js";
import { maskAbove } from "./threshold.js";

/** What a user masks by hand, besides a mask that there is. */
export interface HandMask {
  /** Pixels above this are masked; null: none. */
  readonly above: number | null;
  readonly regions: readonly Region[];
}

/** A mask with what is masked by hand; `undefined` where nothing is masked. */
export function liveMask(
  image: Image,
  given: Image | undefined,
  { above, regions }: HandMask,
): Mask | undefined {
  const parts: Image[] = regions.map((region) => drawMask(image.shape, shapeOf(region)));
  if (given !== undefined) parts.push(given);
  if (above !== null) parts.push(maskAbove(image, above));
  const [first, ...others] = parts;
  return first && combineMasks(first, ...others);
}

function shapeOf({ shape, points }: Region): MaskShape {
  const [from, to, ...others] = points.map(([row, column]): Point => [column, row]);
  if (shape === "polygon") return { kind: "polygon", points: [from!, to!, ...others] };
  if (shape === "rectangle") return { kind: "rectangle", from: from!, to: to! };
  return {
    kind: "ellipse",
    center: [(from![0] + to![0]) / 2, (from![1] + to![1]) / 2],
    radii: [Math.abs(to![0] - from![0]) / 2, Math.abs(to![1] - from![1]) / 2],
  };
}
