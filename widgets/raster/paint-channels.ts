import { type ScaleName, scaleBetween } from "../../src/figure/scale.js";
import { safeLimits } from "./paint-samples.js";
import { OUTSIDE } from "./raster.js";

/** Steps of a table of brightness, finer than the screen's. */
const STEPS = 1024;
/** Of points that no channel has: no map's red, green and blue are this even. */
const EMPTY = 0xff969696;

/** The samples of a channel, a pixel of the screen each, and the values of darkest and brightest. */
export interface ChannelSamples {
  readonly samples: Float32Array;
  readonly limits: readonly [low: number, high: number];
}

/** Paints up to three channels as red, green and blue. */
export function paintChannels(
  channels: readonly ChannelSamples[],
  scale: ScaleName,
  out: Uint32Array,
): void {
  const tables = channels.map(({ limits }) => brightness(scale, limits));
  for (let i = 0; i < out.length; i++) {
    let color = 0;
    let empty = 0;
    for (let channel = 0; channel < channels.length; channel++) {
      const value = channels[channel]!.samples[i]!;
      if (Number.isNaN(value)) empty++;
      else if (value !== OUTSIDE) color |= tables[channel]!(value) << (8 * channel);
    }
    const outside = channels[0]!.samples[i] === OUTSIDE;
    out[i] = outside ? 0 : empty === channels.length ? EMPTY : (0xff000000 | color) >>> 0;
  }
}

function brightness(name: ScaleName, limits: readonly [number, number]): (value: number) => number {
  const [low, high] = safeLimits(name, limits);
  const scale = scaleBetween(name, low, high);
  const table = Uint8Array.from({ length: STEPS + 1 }, (_, i) =>
    Math.round(255 * scale.place(low + (i / STEPS) * (high - low))),
  );
  const factor = high > low ? STEPS / (high - low) : 0;
  return (value) => table[Math.min(Math.max(Math.round((value - low) * factor), 0), STEPS)]!;
}
