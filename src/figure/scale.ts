import { OptionError } from "../errors.js";

/** How intensity grows along the colours or the axis. */
export type ScaleName = "linear" | "log" | "sqrt" | "asinh";

/** The names of the scales. */
export const SCALE_NAMES: readonly ScaleName[] = ["linear", "log", "sqrt", "asinh"];

/** From a value to its place between two limits, 0 to 1, and back. */
export interface Scale {
  readonly place: (value: number) => number;
  readonly value: (place: number) => number;
}

interface Transform {
  readonly forward: (value: number) => number;
  readonly back: (value: number) => number;
}

/** Below this part of the range `asinh` is linear, above it logarithmic. */
const LINEAR_PART = 0.01;

const TRANSFORMS: Readonly<Record<ScaleName, (low: number, high: number) => Transform>> = {
  linear: () => ({ forward: (v) => v, back: (v) => v }),
  log: () => ({ forward: Math.log, back: Math.exp }),
  sqrt: (low) => ({
    forward: (v) => Math.sqrt(Math.max(0, v - Math.min(low, 0))),
    back: (v) => v * v + Math.min(low, 0),
  }),
  asinh: (low, high) => {
    const unit = LINEAR_PART * (high - low);
    return { forward: (v) => Math.asinh(v / unit), back: (v) => unit * Math.sinh(v) };
  },
};

/**
 * A scale between two limits; values beyond them go to the nearest end. Equal limits are drawn apart.
 *
 * @throws OptionError for an unknown scale, or a logarithm of limits that are not above 0.
 */
export function scaleBetween(name: ScaleName, low: number, high: number): Scale {
  const make = Object.hasOwn(TRANSFORMS, name) ? TRANSFORMS[name] : undefined;
  if (make === undefined) {
    const names = Object.keys(TRANSFORMS).join(", ");
    throw new OptionError("scale", name, `there is no scale "${name}"; there are ${names}`);
  }
  if (name === "log" && !(low > 0)) {
    throw new OptionError("limits", low, "must be above 0 on a logarithmic scale");
  }
  const top = high > low ? high : name === "log" ? low * 2 : low + 1;
  const { forward, back } = make(low, top);
  const [start, end] = [forward(low), forward(top)];
  return {
    place: (value) =>
      value <= low ? 0 : value >= top ? 1 : (forward(value) - start) / (end - start),
    value: (place) => back(start + place * (end - start)),
  };
}
