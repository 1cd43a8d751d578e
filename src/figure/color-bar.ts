import { turnedText } from "./axes.js";
import { type Frame, INK, label } from "./card.js";
import { type ColormapName, colormap } from "./colormap.js";
import { type ScaleName, scaleBetween } from "./scale.js";
import { element, short } from "./svg.js";
import { scaleTicks, tickText } from "./ticks.js";

const STRIPES = 64;

/** What the colours mean, at the right of a picture; values beyond the limits have the end's colour. */
export function colorBar(
  { x, y, width, height }: Frame,
  name: ColormapName,
  scaleName: ScaleName,
  limits: readonly [number, number],
  title: string,
): string {
  const colors = colormap(name);
  const stripe = height / STRIPES;
  let bars = "";
  for (let i = 0; i < STRIPES; i++) {
    const at = 3 * Math.round((i / (STRIPES - 1)) * 255);
    const fill = `rgb(${colors.slice(at, at + 3).join(",")})`;
    // Taller than a stripe, so that no gap shines through; the next one covers the rest.
    bars += element("rect", {
      x,
      y: y + height - (i + 1) * stripe,
      width,
      height: stripe * (i === 0 ? 1 : 1.5),
      fill,
    });
  }
  const scale = scaleBetween(scaleName, ...limits);
  let marks = "";
  let texts = "";
  for (const value of scaleTicks(scaleName, limits[0], limits[1], 6)) {
    const at = y + height * (1 - scale.place(value));
    marks += `M${short(x + width)} ${short(at)}h4`;
    texts += label(tickText(value), { x: x + width + 7, y: at + 4 });
  }
  const frame = element("rect", { x, y, width, height, fill: "none", stroke: INK });
  const ticks = element("path", { d: marks || "M0 0", stroke: INK, fill: "none" });
  return `${bars}${frame}${ticks}${texts}${turnedText(title, x + width + 58, y + height / 2)}`;
}
