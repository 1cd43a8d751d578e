import type { Cakes } from "../cake/cakes.js";
import { OptionError } from "../errors.js";
import { writeAtomic } from "../host/write-atomic.js";
import { exactFixed } from "./fixed.js";

/** Options of `formatEsg` and `writeEsg`. */
export interface EsgOptions {
  /**
   * η of a cake, in degrees, from its direction clockwise from North. Default: the direction
   * anticlockwise from East, as η is counted in MAUD's and HEXRD's views of an image: 90° − direction.
   */
  readonly eta?: (direction: number) => number;
}

const RADIANS: Readonly<Record<string, number>> = { "2th_deg": Math.PI / 180, "2th_rad": 1 };
const MILLIMETRES: Readonly<Record<string, number>> = { r_mm: 1, r_m: 1000 };

/**
 * The text of MAUD's `.esg` for an image plate: one block for each cake with its η, then radius in
 * millimetres and intensity, radii falling. Radii are those on the detector as if it stood upright
 * at the distance of the calibration; bins without a pixel are left out.
 *
 * @throws OptionError where the unit is neither 2θ nor r, or an intensity is infinite.
 */
export function formatEsg(cakes: Cakes, options: EsgOptions = {}): string {
  const { eta = (direction) => 90 - direction } = options;
  const distance = 1000 * cakes.provenance.geometry.dist;
  const radii = radiiOf(cakes, distance);
  const falling = Array.from(radii.keys()).sort((a, b) => radii[b]! - radii[a]!);
  const lines: string[] = [];
  for (const [index, intensity] of cakes.intensity.entries()) {
    lines.push(`_pd_block_id noTitle|#${index}`, "");
    if (index === 0) {
      lines.push(
        "_diffrn_detector Image Plate",
        "_diffrn_measurement_distance_unit mm",
        `_pd_instr_dist_spec/detc ${exactFixed(distance, 6)}`,
        "_pd_meas_angle_omega 0.0",
        "_pd_meas_angle_chi 0.0",
        "_pd_meas_angle_phi 0.0",
        "_riet_par_spec_displac_x 0",
        "_riet_par_spec_displac_y 0",
        "_riet_par_spec_displac_z 0",
        "_riet_meas_datafile_calibrated false",
      );
    }
    lines.push(
      `_pd_meas_angle_eta ${modulo360(eta(cakes.centers[index]!))}`,
      "",
      "loop_",
      "_pd_proc_2theta_corrected",
      "_pd_meas_intensity_total",
    );
    for (const bin of falling) {
      const value = intensity[bin]!;
      if (Number.isNaN(value)) continue;
      if (!Number.isFinite(value)) {
        throw new OptionError(
          "cakes",
          value,
          `cake ${index + 1} is infinite in bin ${bin}; mask the pixels that cause it`,
        );
      }
      lines.push(`${exactFixed(radii[bin]!, 3)}\t${exactFixed(value, 8)}`);
    }
    lines.push("");
  }
  return `${lines.join("\n")}\n`;
}

/**
 * Writes cakes for MAUD; see `formatEsg`. Throws an OutputError where it cannot be written.
 *
 * @example await writeEsg("texture.esg", await cake(image, ai, { cakes: 72, npt: 1000 }));
 */
export async function writeEsg(
  path: string,
  cakes: Cakes,
  options: EsgOptions = {},
): Promise<void> {
  await writeAtomic(path, formatEsg(cakes, options));
}

function radiiOf({ radial, unit }: Cakes, distance: number): Float64Array {
  const scale = MILLIMETRES[unit];
  if (scale !== undefined) return radial.map((r) => r * scale);
  const toRadians = RADIANS[unit];
  if (toRadians !== undefined) return radial.map((tth) => distance * Math.tan(tth * toRadians));
  throw new OptionError(
    "unit",
    unit,
    `.esg has radii in millimetres, and these cakes are in ${unit}; cake with unit "2th_deg" or "r_mm"`,
  );
}

function modulo360(degrees: number): number {
  return Number((degrees - 360 * Math.floor(degrees / 360)).toFixed(9)) % 360;
}
