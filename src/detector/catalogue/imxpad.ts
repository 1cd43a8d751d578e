import type { Model } from "./model.js";

const PIXEL = [130e-6, 130e-6] as const;
/** Pixels at the seams between chips are wider, and masked as the outermost ones are. */
const chip = (pixels: number) => ({ module: pixels, seam: 2.5 });
const borders = (pixels: number) => ({
  period: pixels,
  runs: [
    [0, 1],
    [pixels - 1, pixels],
  ] as const,
});
const lying = {
  pixel: PIXEL,
  form: { kind: "modules", rows: chip(120), columns: chip(80) },
  mask: { kind: "gaps", rows: borders(120), columns: borders(80) },
} as const;
const standing = {
  pixel: PIXEL,
  form: { kind: "modules", rows: chip(80), columns: chip(120) },
  mask: { kind: "gaps", rows: borders(80), columns: borders(120) },
} as const;

/** Between the modules of the Cirpad, in degrees. */
const CIRPAD_TURN = 6.74;

export const IMXPAD: readonly Model[] = [
  { ...lying, name: "ImXPadS10", shape: [120, 80] },
  { ...lying, name: "ImXPadS70", shape: [120, 560] },
  { ...lying, name: "ImXPadS140", shape: [240, 560] },
  { ...standing, name: "ImXPadS70V", shape: [560, 120] },
  {
    ...lying,
    name: "Xpad_flat",
    aliases: ["Xpad S540 flat", "d5"],
    shape: [960, 560],
    form: { kind: "modules", rows: { module: 120, gap: 3.57e-3 }, columns: chip(80) },
  },
  {
    ...standing,
    name: "Cirpad",
    aliases: ["XCirpad"],
    shape: [11200, 120],
    form: {
      kind: "arc",
      arc: {
        rows: 560,
        chip: 80,
        seam: 2.5,
        // Seven chips, six gaps of 3 pixels between them, and 20 pixels to the next module.
        length: (560 + 3 * 6 + 20) * 0.13e-3,
        turn: (CIRPAD_TURN * Math.PI) / 180,
      },
    },
  },
];
