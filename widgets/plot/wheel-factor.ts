/** Pixels of the wheel that change the scale by e, and the most that one event counts. */
const SCALE = 400;
const MOST = 200;
/** Of a browser that counts lines. */
const PIXELS_A_LINE = 33;

/** How many times as large the part that is seen becomes by a turn of the wheel. */
export function wheelFactor({ deltaY, deltaMode }: WheelEvent): number {
  const pixels = deltaMode === WheelEvent.DOM_DELTA_PIXEL ? deltaY : PIXELS_A_LINE * deltaY;
  return Math.exp(Math.max(-MOST, Math.min(MOST, pixels)) / SCALE);
}
