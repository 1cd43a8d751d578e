import type { Detector } from "../../src/detector/detector.js";

/** A flat detector of square pixels in a grid, for tests that are not about detectors. */
export function plainDetector(pixel: number, shape: [number, number], mask?: Uint8Array): Detector {
  const edges = (count: number) =>
    Float64Array.from({ length: 2 * count }, (_, i) => (i % 2 === 0 ? i / 2 : (i + 1) / 2) * pixel);
  const layout = { kind: "grid", rows: edges(shape[0]), columns: edges(shape[1]) } as const;
  return {
    name: "Detector",
    pixel1: pixel,
    pixel2: pixel,
    shape,
    orientation: 3,
    flat: true,
    config: {},
    layout: () => layout,
    mask: () => mask,
  };
}
