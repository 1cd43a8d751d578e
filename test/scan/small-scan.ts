import { join } from "node:path";
import { type Image, writeEdf } from "../../src/index.js";
import { temporaryFolder } from "../support/temporary-folder.js";

export const shape: [number, number] = [12, 18];

/** An image whose pixels all differ. */
export function image(seed: number, size: [number, number] = shape): Image<Float32Array> {
  const data = Float32Array.from(
    { length: size[0] * size[1] },
    (_, i) => 50 + ((i * 7919 + seed * 104_729) % 997) + seed,
  );
  return { data, shape: size };
}

/** Writes so many frames of a scan, each an EDF of its own; returns their folder and the frames. */
export async function smallScan(count: number): Promise<{ folder: string; frames: Image[] }> {
  const folder = await temporaryFolder();
  const frames = Array.from({ length: count }, (_, i) => image(i));
  for (const [i, frame] of frames.entries()) await writeEdf(join(folder, `d_${i}.edf`), frame);
  return { folder, frames };
}
