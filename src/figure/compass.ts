import type { Frame } from "./card.js";
import { element, escapeText, short } from "./svg.js";

/** A point of a picture, in parts of its width and height from the top left. */
export interface Center {
  readonly x: number;
  readonly y: number;
}

/** How equal sectors lie: their number, the direction of the first one's centre, and which way they go. */
export interface SectorLayout {
  readonly cakes: number;
  /** Degrees clockwise from North. */
  readonly firstCakeAngle: number;
  readonly order: "clockwise" | "anticlockwise";
}

const DEGREE = Math.PI / 180;
/** Light with a dark seam: seen on every colour of every map. */
const SEAM = { stroke: "#000000", "stroke-opacity": 0.85, "stroke-linejoin": "round" };

/** N, E, S and W at the edges of a picture, as seen from the beam. */
export function compass(frame: Frame, center: Center): string {
  const [x, y] = inFrame(frame, center);
  const inset = 13;
  const clampX = Math.min(Math.max(x, frame.x + inset), frame.x + frame.width - inset);
  const clampY = Math.min(Math.max(y, frame.y + inset), frame.y + frame.height - inset);
  const beam = element("path", {
    d: `M${short(x - 6)} ${short(y)}h12M${short(x)} ${short(y - 6)}v12`,
    stroke: "#ffffff",
    "stroke-width": 1.5,
  });
  return (
    (clampX === x && clampY === y ? beam : "") +
    mark("N", clampX, frame.y + inset, 15) +
    mark("E", frame.x + frame.width - inset, clampY, 15) +
    mark("S", clampX, frame.y + frame.height - inset, 15) +
    mark("W", frame.x + inset, clampY, 15)
  );
}

/** Borders and numbers of sectors around the beam; cake 1 stands out. */
export function sectors(frame: Frame, center: Center, layout: SectorLayout): string {
  const { cakes, firstCakeAngle, order } = layout;
  const [x, y] = inFrame(frame, center);
  const outer = 0.44 * Math.min(frame.width, frame.height);
  const sign = order === "clockwise" ? 1 : -1;
  const step = 360 / cakes;
  const every = Math.ceil(cakes / 40);
  const towards = (angle: number, radius: number) =>
    [x + radius * Math.sin(angle * DEGREE), y - radius * Math.cos(angle * DEGREE)] as const;
  let lines = "";
  let numbers = "";
  for (let i = 0; i < cakes; i++) {
    const middle = firstCakeAngle + sign * i * step;
    const [x1, y1] = towards(middle - step / 2, 0.12 * outer);
    const [x2, y2] = towards(middle - step / 2, outer);
    if (cakes > 1) lines += `M${short(x1)} ${short(y1)}L${short(x2)} ${short(y2)}`;
    const [tx, ty] = towards(middle, 0.93 * outer);
    if (i % every === 0) numbers += mark(String(i + 1), tx, ty, i === 0 ? 15 : 10);
  }
  const dark = element("path", {
    d: lines || "M0 0",
    stroke: "#000000",
    "stroke-opacity": 0.6,
    "stroke-width": 1.8,
  });
  const light = element("path", { d: lines || "M0 0", stroke: "#ffffff", "stroke-width": 0.7 });
  return dark + light + numbers;
}

function inFrame(frame: Frame, center: Center): [x: number, y: number] {
  return [frame.x + center.x * frame.width, frame.y + center.y * frame.height];
}

function mark(text: string, x: number, y: number, size: number): string {
  return element(
    "text",
    {
      x,
      y: y + 0.35 * size,
      "text-anchor": "middle",
      "font-size": size,
      "font-weight": size > 12 ? 700 : 500,
      fill: "#ffffff",
      "paint-order": "stroke",
      "stroke-width": 3,
      ...SEAM,
    },
    escapeText(text),
  );
}
