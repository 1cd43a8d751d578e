/** Colours that differ on dark and on bright images (after Okabe and Ito, doi:10.1038/nmeth.1618). */
const COLORS = [
  "#ff9d2e",
  "#56b4e9",
  "#2fd39b",
  "#f0e442",
  "#ff7fd1",
  "#4f8bff",
  "#ff6b3d",
  "#c8c8c8",
];

/** The colour of a ring's points; neighbours differ. */
export function ringColor(ring: number): string {
  return COLORS[ring % COLORS.length]!;
}
