/** A line of a calibrant: its spacing in metres. */
export interface Spacing {
  readonly label: string;
  readonly d: number;
}

/** The rings' angles for a wavelength, by Bragg's law: 2θ = 2 asin λ/2d, in radians. */
export function ringsOf(spacings: readonly Spacing[], wavelength: number | null): number[] {
  if (wavelength === null) return [];
  return spacings.flatMap(({ d }) => {
    const sine = wavelength / (2 * d);
    return sine < 1 ? [2 * Math.asin(sine)] : [];
  });
}
