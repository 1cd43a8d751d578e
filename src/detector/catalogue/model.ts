import type { ModuleArc } from "../bent.js";
import type { Shape } from "../detector.js";
import type { MaskRule } from "../gaps.js";
import type { AxisModules } from "../grid.js";

/** How the pixels of a model lie that are not equal rectangles side by side. */
export type PixelForm =
  | { readonly kind: "modules"; readonly rows?: AxisModules; readonly columns?: AxisModules }
  | { readonly kind: "hexagonal" }
  | { readonly kind: "bent"; readonly radius: number }
  | { readonly kind: "arc"; readonly arc: ModuleArc };

/** One detector model of the catalogue: facts that pyFAI 2026.9 knows of it, lengths in metres. */
export interface Model {
  /** pyFAI's class name. */
  readonly name: string;
  /** Other names, where they differ by more than case, spaces, `_` and `-`. */
  readonly aliases?: readonly string[];
  /** Of an image that is not binned. */
  readonly shape: Shape;
  /** Along slow and fast axis, as the detector is read out by default. */
  readonly pixel: readonly [number, number];
  /** Pixel sizes that the readout offers, by how many pixels it joins along one axis. */
  readonly binnings?: Readonly<Record<number, number>>;
  /** Pixel sizes by the width of the square images that the readout offers. */
  readonly widths?: Readonly<Record<number, number>>;
  readonly mask?: MaskRule;
  readonly form?: PixelForm;
  /** Value of invalid pixels, and its tolerance. */
  readonly dummy?: number;
  readonly deltaDummy?: number;
}
