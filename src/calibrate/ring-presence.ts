import type { RadialProfile } from "./radial-profile.js";

/** Which rings of a calibrant are there, and which rings that are there are its. */
export interface RingPresence {
  /** Part of the rings that can be told from their neighbours and are not there. */
  readonly absent: number;
  /** Part of the crests of the profile that no ring explains. */
  readonly unexplained: number;
}

/** A crest is one where it stands so many standard errors above both sides. */
const SIGNIFICANT = 7;
/** A ring is not there where it is lower than this part of its neighbours. */
const LOW = 0.06;

/**
 * Compares a radial profile with rings at radii (ascending, in pixels) as wide as `fwhm`.
 *
 * A reflection that a structure forbids is missing altogether, whatever its neighbours' heights: this
 * tells lattices whose rings coincide, such as silicon's and ceria's.
 */
export function ringPresence(
  profile: RadialProfile,
  radii: readonly number[],
  fwhm: number,
): RingPresence {
  const heights = radii.map((radius, k) => {
    const gap = Math.min(radius - (radii[k - 1] ?? 0), (radii[k + 1] ?? Infinity) - radius);
    return gap < 2 * fwhm ? undefined : heightAt(profile, radius, Math.min(gap / 2, 2 * fwhm));
  });
  let [seen, absent] = [0, 0];
  for (let k = 1; k + 1 < radii.length; k++) {
    const [before, own, after] = [heights[k - 1], heights[k], heights[k + 1]];
    if (own === undefined) continue;
    const near = [before, after].filter((h) => h !== undefined && h.height > SIGNIFICANT * h.error);
    if (near.length === 0) continue;
    const expected = Math.sqrt(near[0]!.height * (near[1] ?? near[0]!).height);
    // Only where a ring of a fraction of its neighbours' height would be seen.
    if (expected * LOW * 2 < own.error) continue;
    seen++;
    if (own.height < LOW * expected + own.error) absent++;
  }
  let [crests, strange] = [0, 0];
  const last = radii.at(-1) ?? 0;
  for (let r = 4; r < Math.min(profile.mean.length - 4, last); r++) {
    const value = profile.mean[r]!;
    if (!(value > profile.mean[r - 1]! && value >= profile.mean[r + 1]!)) continue;
    const found = heightAt(profile, r, Math.max(1.3 * fwhm, 3));
    if (found === undefined || found.height < SIGNIFICANT * found.error || found.height < 0.3)
      continue;
    crests++;
    if (radii.every((radius) => Math.abs(radius - r) > 0.5 * fwhm + 1)) strange++;
  }
  return { absent: seen < 4 ? 0 : absent / seen, unexplained: crests < 3 ? 0 : strange / crests };
}

function heightAt(
  { mean, error }: RadialProfile,
  radius: number,
  away: number,
): { height: number; error: number } | undefined {
  const [middle, low, high] = [radius, radius - away, radius + away].map(Math.round) as [
    number,
    number,
    number,
  ];
  const spread = Math.max(
    error[middle] ?? Infinity,
    error[low] ?? Infinity,
    error[high] ?? Infinity,
  );
  if (!Number.isFinite(spread)) return undefined;
  const top = Math.max(mean[middle - 1]!, mean[middle]!, mean[middle + 1]!);
  return { height: top - (mean[low]! + mean[high]!) / 2, error: 1.3 * spread };
}
