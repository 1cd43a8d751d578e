import type { Image } from "../../src/array.js";
import { beamCenter } from "../../src/figure/beam-center.js";
import { type Center, compass, type SectorLayout, sectors } from "../../src/figure/compass.js";
import type { PaintOptions } from "../../src/figure/paint.js";
import { picture, pictureWidth } from "../../src/figure/picture.js";
import type { Reduction } from "../../src/figure/reduce.js";
import { linearTicks, tickText } from "../../src/figure/ticks.js";
import type { AzimuthalIntegrator } from "../../src/integrate/azimuthal-integrator.js";
import type { Figure, FigureOptions } from "./figure.js";

/** How an image is drawn, and what over it. */
export interface ImageFigureOptions extends FigureOptions, PaintOptions {
  /** Where the beam is: draws N, E, S, W around it, and the cakes. */
  readonly ai?: AzimuthalIntegrator;
  /** Cakes to draw on the image, as `cake` takes them, or the result of `cake`. Needs `ai`. */
  readonly cakes?: CakesOnImage;
  /** How pixels that fall together are united. Default `"mean"`. */
  readonly reduce?: Reduction;
}

/** Cakes as `cake` takes them or returns them. */
export type CakesOnImage =
  | {
      readonly cakes?: number;
      readonly firstCakeAngle?: number;
      readonly order?: SectorLayout["order"];
    }
  | {
      readonly centers: readonly number[];
      readonly firstCakeAngle: number;
      readonly order: SectorLayout["order"];
    };

/**
 * A detector image as it lies in its file, row 0 at the top, with a colour bar.
 */
export function imageFigure(image: Image, options: ImageFigureOptions = {}): Figure {
  const { ai, cakes, title, width = 640, ...rest } = options;
  const [rows, columns] = image.shape;
  const height = options.height ?? Math.round((pictureWidth(width) * rows) / columns);
  const center = ai === undefined ? undefined : beamCenter(ai, ai.detector, image.shape);
  const description = describeImage(image, options);
  const svg = picture(image, {
    ...rest,
    ...(title === undefined ? {} : { title }),
    description,
    width,
    plotHeight: height,
    horizontal: { title: "column / pixel", ticks: pixelTicks(columns, false) },
    vertical: { title: "row / pixel", ticks: pixelTicks(rows, true) },
    colorTitle: "intensity / counts",
    ...(center === undefined ? {} : { overlay: (frame) => overlay(frame, center, cakes) }),
  });
  return { svg, description };
}

function overlay(
  frame: Parameters<typeof compass>[0],
  center: Center,
  cakes: CakesOnImage | undefined,
): string {
  const drawn = cakes === undefined ? "" : sectors(frame, center, layoutOf(cakes));
  return drawn + compass(frame, center);
}

/** The sectors that cakes are, with the defaults of `cake`. */
export function layoutOf(cakes: CakesOnImage): SectorLayout {
  const count = "centers" in cakes ? cakes.centers.length : (cakes.cakes ?? 36);
  const { firstCakeAngle = 270, order = "clockwise" } = cakes;
  return { cakes: count, firstCakeAngle, order };
}

/** Rows are counted from the top, where a vertical axis has place 1. */
export function pixelTicks(count: number, fromTop: boolean): { place: number; text: string }[] {
  return linearTicks(0, count, 6).map((value) => ({
    place: fromTop ? 1 - value / count : value / count,
    text: tickText(value),
  }));
}

/** An image in words. */
export function describeImage(image: Image, { title, ai, cakes }: ImageFigureOptions): string {
  let [low, high] = [Infinity, -Infinity];
  for (const value of image.data) {
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const hasBeam = ai !== undefined && beamCenter(ai, ai.detector, image.shape) !== undefined;
  const values = low > high ? "no value" : `intensity ${tickText(low)} to ${tickText(high)}`;
  const [rows, columns] = image.shape;
  const parts = [`${title || "Detector image"}: ${rows} rows × ${columns} columns, ${values}`];
  if (hasBeam) parts.push("North is up");
  if (hasBeam && cakes !== undefined) {
    const { cakes: count, firstCakeAngle, order } = layoutOf(cakes);
    parts.push(
      `${count} cakes, ${order}, the first centred ${firstCakeAngle}° clockwise from North`,
    );
  }
  return `${parts.join("; ")}.`;
}
