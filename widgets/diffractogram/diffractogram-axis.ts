import { type RadialAxis, radialAxis } from "../cursor/radial-axis.js";
import { numberText } from "../cursor/value-text.js";
import type { Profile } from "../lines/profiles.js";

/** The axis of a unit, LaVue's `"r_pixel"` among them, of which no angle is known. */
export function diffractogramAxis(
  unit: string,
  wavelength: number | null,
  distance: number | null,
): RadialAxis {
  if (unit !== "r_pixel") return radialAxis(unit, wavelength, distance);
  return {
    unit,
    title: "r / pixel",
    twoTheta: () => Number.NaN,
    value: () => Number.NaN,
    texts: (value) => [`r ${numberText(value)} pixel`],
  };
}

/** A profile on another axis; what has no place there is left out. */
export function onAxis({ label, x, y }: Profile, from: RadialAxis, to: RadialAxis): Profile {
  const places = Float64Array.from(x, (value) => to.value(from.twoTheta(value)));
  const known = [...places.keys()].filter((i) => Number.isFinite(places[i]!));
  return {
    label,
    x: Float64Array.from(known, (i) => places[i]!),
    y: Float64Array.from(known, (i) => y[i]!),
  };
}
