import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeNpy } from "../../src/export/npy.js";
import { writeTiff } from "../../src/export/tiff.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const ROWS = 40;
const COLUMNS = 50;

export interface Beamline {
  readonly folder: string;
  readonly poni: string;
  /** A path in the folder. */
  readonly at: (name: string) => string;
}

/** A folder with a calibration, three images that are level × 1, a mask of one row, two darks. */
export async function beamline(): Promise<Beamline> {
  const folder = await temporaryFolder();
  const at = (name: string): string => join(folder, name);
  const poni = at("geometry.poni");
  writeFileSync(
    poni,
    `poni_version: 2.1
Detector: Detector
Detector_config: {"pixel1": 1e-4, "pixel2": 1e-4, "max_shape": [${ROWS}, ${COLUMNS}], "orientation": 3}
Distance: 0.1
Poni1: 0.002
Poni2: 0.0025
Rot1: 0.0
Rot2: 0.0
Rot3: 0.0
Wavelength: 1e-10
`,
  );
  for (const [name, level] of [
    ["frame_1.tif", 100],
    ["frame_2.tif", 200],
    ["frame_10.tif", 300],
    ["dark_a.tif", 10],
    ["dark_b.tif", 30],
  ] as const) {
    await writeTiff(at(name), uniform(level));
  }
  const mask = new Uint8Array(ROWS * COLUMNS);
  mask.fill(1, 0, COLUMNS);
  await writeNpy(at("mask.npy"), { data: mask, shape: [ROWS, COLUMNS] });
  return { folder, poni, at };
}

function uniform(value: number): { data: Uint16Array; shape: [number, number] } {
  return { data: new Uint16Array(ROWS * COLUMNS).fill(value), shape: [ROWS, COLUMNS] };
}
