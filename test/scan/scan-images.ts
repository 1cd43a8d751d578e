import { join } from "node:path";
import { writeNpy } from "../../src/export/npy.js";
import { AzimuthalIntegrator, detector, type Image } from "../../src/index.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const ROWS = 40;
const COLUMNS = 50;

/** Frame `index` of a scan: no two are alike. */
export function scanImage(index: number): Image<Uint16Array> {
  const data = Uint16Array.from(
    { length: ROWS * COLUMNS },
    (_, i) => 100 * (index + 1) + ((i * 7919 + index * 104729) % 97),
  );
  return { data, shape: [ROWS, COLUMNS] };
}

/** A geometry for these frames. */
export function scanIntegrator(): AzimuthalIntegrator {
  return new AzimuthalIntegrator({
    dist: 0.1,
    poni1: 0.002,
    poni2: 0.0025,
    wavelength: 1e-10,
    detector: detector({ pixel1: 1e-4, shape: [ROWS, COLUMNS] }),
  });
}

/** A folder with a stack of frames in one .npy file, and paths in it. */
export async function scanStack(
  frames: number,
): Promise<{ readonly stack: string; readonly at: (name: string) => string }> {
  const folder = await temporaryFolder();
  const at = (name: string): string => join(folder, name);
  const data = new Uint16Array(frames * ROWS * COLUMNS);
  for (let frame = 0; frame < frames; frame++) {
    data.set(scanImage(frame).data, frame * ROWS * COLUMNS);
  }
  await writeNpy(at("stack.npy"), { data, shape: [frames, ROWS, COLUMNS] });
  await scanIntegrator().save(at("geometry.poni"));
  return { stack: at("stack.npy"), at };
}
