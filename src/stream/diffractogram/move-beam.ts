import { OptionError } from "../../errors.js";
import { beamCenter } from "../../figure/beam-center.js";
import { dot, frameOfGeometry, type Vector } from "../../geometry/frame.js";
import { pixelRows } from "../../geometry/pixel-rows.js";
import { AzimuthalIntegrator } from "../../integrate/azimuthal-integrator.js";

/**
 * The same calibration with the detector shifted in its plane, so that the beam meets it elsewhere;
 * distance and tilts stay.
 *
 * @param x pixels from the left edge of the displayed image.
 * @param y pixels from its top.
 * @throws OptionError for a place that is no number, and a detector that is not flat.
 */
export function moveBeam(
  ai: AzimuthalIntegrator,
  [x, y]: readonly [x: number, y: number],
  shape: readonly [rows: number, columns: number],
): AzimuthalIntegrator {
  if (!Number.isFinite(x) || !Number.isFinite(y)) {
    throw new OptionError("center", [x, y], `${x}, ${y} is no place; give x and y in pixels`);
  }
  const [rows, columns] = shape;
  const { detector } = ai;
  const center = beamCenter(ai, detector, shape);
  if (center === undefined) {
    throw new OptionError(
      "center",
      [x, y],
      "this detector is not flat; move it by its calibration",
    );
  }
  const [right, down] = [x - center.x * columns, y - center.y * rows];
  const { slow, fast } = frameOfGeometry(ai);
  const { centersOfRow } = pixelRows(ai, detector, shape);
  const first = new Float64Array(3 * columns);
  const last = new Float64Array(3 * columns);
  centersOfRow(0, first);
  centersOfRow(rows - 1, last);
  const shift = [0, 1, 2].map((axis) => {
    const perColumn = (first[3 * (columns - 1) + axis]! - first[axis]!) / (columns - 1);
    const perRow = (last[axis]! - first[axis]!) / (rows - 1);
    return right * perColumn + down * perRow;
  }) as unknown as Vector;
  const { dist, poni1, poni2, rot1, rot2, rot3, wavelength } = ai;
  return new AzimuthalIntegrator({
    dist,
    poni1: poni1 + dot(slow, shift),
    poni2: poni2 + dot(fast, shift),
    rot1,
    rot2,
    rot3,
    detector,
    wavelength,
  });
}
