import { lineStyles } from "../../src/figure/line-colors.js";
import type { Line } from "../../src/figure/line-plot.js";
import { encodePng } from "../../src/figure/png.js";

const WIDTH = 800;
const HEIGHT = 400;
const MARGIN = 12;
const PAPER = 0xffffffff;
const FRAME = 0xff808080;

/** Lines in a frame, without words, as a PNG file: for places that show nothing better. */
export function lineRaster(lines: readonly Line[]): Uint8Array {
  const pixels = new Uint32Array(WIDTH * HEIGHT).fill(PAPER);
  const paint = (column: number, from: number, to: number, color: number): void => {
    for (let row = Math.min(from, to); row <= Math.max(from, to); row++) {
      pixels[row * WIDTH + column] = color;
    }
  };
  const [left, right] = [MARGIN, WIDTH - 1 - MARGIN];
  const [top, bottom] = [MARGIN, HEIGHT - 1 - MARGIN];
  for (const column of [left - 2, right + 2]) paint(column, top - 2, bottom + 2, FRAME);
  for (let column = left - 2; column <= right + 2; column++) {
    paint(column, top - 2, top - 2, FRAME);
    paint(column, bottom + 2, bottom + 2, FRAME);
  }
  const [xLow, xHigh] = extent(lines.map(({ x }) => x));
  const [yLow, yHigh] = extent(lines.map(({ y }) => y));
  const styles = lineStyles(lines.length);
  for (const [i, { x, y }] of lines.entries()) {
    const color = packed(styles[i]!.color);
    let former: [column: number, row: number] | undefined;
    for (let at = 0; at < x.length; at++) {
      if (!Number.isFinite(y[at]) || !Number.isFinite(x[at])) {
        former = undefined;
        continue;
      }
      const column = Math.round(left + ((x[at]! - xLow) / (xHigh - xLow || 1)) * (right - left));
      const row = Math.round(bottom - ((y[at]! - yLow) / (yHigh - yLow || 1)) * (bottom - top));
      const [fromColumn, fromRow] = former ?? [column, row];
      // A step for each column between two points, so that steep lines have no gaps.
      const steps = Math.max(1, column - fromColumn);
      for (let step = 1; step <= steps; step++) {
        const start = Math.round(fromRow + ((row - fromRow) * (step - 1)) / steps);
        const end = Math.round(fromRow + ((row - fromRow) * step) / steps);
        paint(column - steps + step, start, end, color);
      }
      former = [column, row];
    }
  }
  const data = new Uint8ClampedArray(pixels.buffer);
  return encodePng({ data, shape: [HEIGHT, WIDTH] });
}

function extent(arrays: readonly ArrayLike<number>[]): [low: number, high: number] {
  let [low, high] = [Infinity, -Infinity];
  for (const array of arrays) {
    for (let i = 0; i < array.length; i++) {
      const value = array[i]!;
      if (!Number.isFinite(value)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return low <= high ? [low, high] : [0, 1];
}

/** `#rrggbb` or `rgb(r,g,b)` as the bytes of an opaque pixel in this machine's order. */
function packed(color: string): number {
  const channels = color.startsWith("#")
    ? (color.slice(1).match(/../g) ?? []).map((hex) => Number.parseInt(hex, 16))
    : (color.match(/\d+/g) ?? []).map(Number);
  return new Uint32Array(Uint8Array.of(...channels, 255).buffer)[0]!;
}
