import { nodeModule } from "../host/node.js";
import { firstsOf, frameReader } from "./frame-reader.js";
import { Journal } from "./journal.js";
import { patternSize } from "./pattern-layout.js";
import type { Scan } from "./scan.js";

/** What a journal says of the scan besides its patterns. */
interface ScanSettings {
  readonly title: string;
  readonly slow: readonly number[];
  readonly fast: readonly number[];
  readonly motors: readonly { readonly name: string; readonly unit?: string }[];
  readonly files: readonly string[];
}

/**
 * A scan that runs, or was interrupted, as its journal has it.
 *
 * @param output the file that the scan is to become
 * @returns `undefined` where there is no journal
 */
export function scanOfJournal(output: string, trustedFolders: readonly string[]): Scan | undefined {
  const journal = Journal.open(Journal.pathFor(output), { isReadOnly: true });
  if (journal === undefined) return undefined;
  try {
    const { layout } = journal.head;
    const { title, slow, fast, motors, files } = journal.head.settings as unknown as ScanSettings;
    const frames = slow.length * fast.length;
    const size = patternSize(layout);
    const intensity = new Float32Array(frames * size).fill(Number.NaN);
    const sigma = layout.hasSigma ? new Float32Array(frames * size).fill(Number.NaN) : undefined;
    const pointer = new Int32Array(frames).fill(-1);
    for (const point of journal.points()) {
      const pattern = journal.pattern(point)!;
      intensity.set(pattern.intensity, point * size);
      if (pattern.sigma !== undefined) sigma?.set(pattern.sigma, point * size);
      pointer[point] = journal.recordOf(point)!.index;
    }
    const { dirname, resolve } = nodeModule("node:path");
    return {
      title,
      shape: [slow.length, fast.length],
      slow: { ...motors[0]!, positions: Float64Array.from(slow) },
      fast: { ...motors[1]!, positions: Float64Array.from(fast) },
      radial: layout.radial,
      unit: layout.unit,
      ...(layout.azimuthal && { azimuthal: layout.azimuthal }),
      intensity,
      ...(sigma && { sigma }),
      pointer,
      frames,
      framesDone: journal.frames,
      isRunning: false,
      failed: journal.failed.map(({ index, message }) => ({ index, message })),
      frame: frameReader(files, firstsOf(journal, files), {
        trustedFolders,
        folder: dirname(resolve(output)),
      }),
    };
  } finally {
    journal.close();
  }
}
