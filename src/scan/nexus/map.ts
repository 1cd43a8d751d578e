import type { Hdf5Writer } from "../../hdf5/hdf5-writer.js";
import type { Journal } from "../journal.js";
import { patternShape } from "../pattern-layout.js";
import type { ScanDescription } from "./description.js";
import { RESULT } from "./paths.js";
import { signalAttributes } from "./result-axes.js";

/** About the size of a chunk. */
const CHUNK_BYTES = 2 ** 18;
/** The most of the map that is in memory. */
const MOST_BYTES = 2 ** 26;

/**
 * Writes the intensities once more with the motors last, so that a viewer shows a map for each radius:
 * `[radial][slow][fast]`, or `[azimuthal][radial][slow][fast]`.
 */
export async function writeMap(
  writer: Hdf5Writer,
  description: ScanDescription,
  journal: Journal,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { grid, compression } = description;
  const { layout } = journal.head;
  const shape = patternShape(layout);
  const [first = 1, ...inner] = shape;
  const points = grid.shape[0] * grid.shape[1];
  // Values of a pattern for each step of the map's first dimension.
  const step = inner.reduce((all, n) => all * n, 1);
  const at = `${RESULT}/map`;
  writer.dataset(at, new Float32Array(0), {
    shape: [0, ...inner, ...grid.shape],
    chunks: mapChunks(shape, grid.shape),
    isExtendable: true,
    compression,
    attributes: { ...signalAttributes(description, layout), interpretation: "image" },
  });
  writer.resize(at, [...shape, ...grid.shape]);
  const atOnce = Math.max(1, Math.min(first, Math.floor(MOST_BYTES / (4 * step * points))));
  for (let begin = 0; begin < first; begin += atOnce) {
    signal?.throwIfAborted();
    const rows = Math.min(atOnce, first - begin);
    const part = new Float32Array(rows * step);
    const block = new Float32Array(part.length * points).fill(Number.NaN);
    for (let point = 0; point < points; point++) {
      if (!journal.readIntensity(point, begin * step, part)) continue;
      for (let i = 0; i < part.length; i++) block[i * points + point] = part[i]!;
    }
    const start = [begin, ...inner.map(() => 0), 0, 0];
    writer.write(at, block, start, [rows, ...inner, ...grid.shape]);
    await writer.flush();
  }
}

function mapChunks(shape: readonly number[], [slow, fast]: readonly [number, number]): number[] {
  const values = CHUNK_BYTES / 4;
  const lines = Math.max(1, Math.min(slow, Math.floor(values / fast)));
  const radii = Math.max(1, Math.min(shape.at(-1)!, Math.floor(values / (lines * fast))));
  return [...shape.slice(0, -1).map(() => 1), radii, lines, Math.min(fast, values)];
}
