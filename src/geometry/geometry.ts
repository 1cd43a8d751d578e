/**
 * Where a detector is, as a PONI file says it (Kieffer & Karkoulis 2013,
 * doi:10.1088/1742-6596/425/20/202012): lengths in metres, rotations in radians.
 */
export interface Geometry {
  /** From the sample to the point of normal incidence (PONI). */
  readonly dist: number;
  /** The PONI in the detector's own frame, along the slow axis. */
  readonly poni1: number;
  /** … along the fast axis. */
  readonly poni2: number;
  readonly rot1: number;
  readonly rot2: number;
  readonly rot3: number;
}
