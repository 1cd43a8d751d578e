/**
 * Polarization correction at a position in the laboratory:
 * ½ (1 + cos²2θ − f·cos 2χ·(1 − cos²2θ)), as pyFAI's, with the factor f = (Ih − Iv) / (Ih + Iv).
 *
 * Written without angles: cos 2θ = t3/|t| and cos 2χ·sin²2θ = (t2² − t1²)/|t|².
 */
export function polarizationAt(t1: number, t2: number, t3: number, factor: number): number {
  const [v, h, z] = [t1 * t1, t2 * t2, t3 * t3];
  return 0.5 * (1 + (z - factor * (h - v)) / (v + h + z));
}
