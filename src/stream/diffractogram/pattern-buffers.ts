import type { DiffractogramPattern } from "./diffractogram-pattern.js";
import type { DiffractogramSettings } from "./diffractogram-settings.js";
import { PatternBuffer } from "./pattern-buffer.js";

/** Empty buffers, one for each range, that go on counting the generations of those before. */
export function newBuffers(
  { ranges, bufferSize }: DiffractogramSettings,
  before: readonly PatternBuffer[] = [],
): readonly PatternBuffer[] {
  return ranges.map((_, i) => {
    const buffer = new PatternBuffer(bufferSize);
    const old = before[i];
    if (old !== undefined) buffer.generation = old.generation + 1;
    return buffer;
  });
}

/** Puts the patterns of an image into the buffers. */
export function appendPatterns(
  buffers: readonly PatternBuffer[],
  patterns: readonly DiffractogramPattern[],
  timestamp: number,
): void {
  patterns.forEach(({ radial, intensity }, i) => {
    buffers[i]!.append(radial, intensity, timestamp);
  });
}
