import { BEAM_BACKWARD, BEAM_FORWARD } from "../parameters";
import { allocate, parameter } from "./memory";

// The outline of a pixel, as split/outline.ts draws it: see there for what and why.

const TURN = 2 * Math.PI;
const HALF_TURN = Math.PI - 1e-9;
/** Each of four corners may become four vertices. */
export const MOST_VERTICES = 16;

/** Radial values of the vertices, and their azimuths: this thread's own. */
export let vertexRadial: usize = 0;
export let vertexChi: usize = 0;
export let vertices = 0;
export let holdsBeam = false;

export function startOutline(): void {
  vertexRadial = allocate(MOST_VERTICES << 3);
  vertexChi = allocate(MOST_VERTICES << 3);
}

// @ts-expect-error: decorator
@inline
export function shortWay(from: f64, to: f64): f64 {
  const difference = to - from;
  return difference - TURN * Math.floor(difference / TURN + 0.5);
}

/** Draws the pixel with these corners; whether it can be drawn. */
export function draw(
  r0: f64, c0: f64, r1: f64, c1: f64, r2: f64, c2: f64, r3: f64, c3: f64,
): bool {
  if (!isFinite(r0 + r1 + r2 + r3)) return false;
  const chiLow = min(min(c0, c1), min(c2, c3));
  const chiHigh = max(max(c0, c1), max(c2, c3));
  const low = min(min(r0, r1), min(r2, r3));
  const high = max(max(r0, r1), max(r2, r3));
  const forward = parameter(BEAM_FORWARD);
  const backward = parameter(BEAM_BACKWARD);
  // Nearly every pixel: neither across ±180° nor around the beam.
  if (chiHigh - chiLow < 3 && low > forward && high < backward) {
    vertices = 0;
    vertex(r0, c0);
    vertex(r1, c1);
    vertex(r2, c2);
    vertex(r3, c3);
    holdsBeam = false;
    return true;
  }
  const s0 = shortWay(c0, c1);
  const s1 = shortWay(c1, c2);
  const s2 = shortWay(c2, c3);
  const s3 = shortWay(c3, c0);
  const touches =
    low == forward || high == backward || low == backward || high == forward ||
    Math.abs(s0) > HALF_TURN || Math.abs(s1) > HALF_TURN ||
    Math.abs(s2) > HALF_TURN || Math.abs(s3) > HALF_TURN;
  holdsBeam = touches || Math.abs(s0 + s1 + s2 + s3) > Math.PI;
  if (!holdsBeam) {
    vertices = 0;
    vertex(r0, c0);
    vertex(r1, c0 + s0);
    vertex(r2, c0 + s0 + s1);
    vertex(r3, c0 + s0 + s1 + s2);
    return true;
  }
  const beam = Math.abs(r0 - backward) < Math.abs(r0 - forward) ? backward : forward;
  if (!isFinite(beam)) return false;
  vertices = 0;
  let azimuth = c0;
  azimuth = piece(r0, r1, azimuth, s0, beam, forward, backward);
  azimuth = piece(r1, r2, azimuth, s1, beam, forward, backward);
  azimuth = piece(r2, r3, azimuth, s2, beam, forward, backward);
  piece(r3, r0, azimuth, s3, beam, forward, backward);
  return true;
}

function piece(from: f64, to: f64, azimuth: f64, step: f64, beam: f64, forward: f64, backward: f64): f64 {
  const throughBeam =
    from == forward || to == forward || from == backward || to == backward ||
    Math.abs(step) > HALF_TURN;
  if (!throughBeam) {
    vertex(beam, azimuth);
    vertex(from, azimuth);
    vertex(to, azimuth + step);
    vertex(beam, azimuth + step);
  }
  return azimuth + step;
}

// @ts-expect-error: decorator
@inline
function vertex(radial: f64, chi: f64): void {
  store<f64>(vertexRadial + (<usize>vertices << 3), radial);
  store<f64>(vertexChi + (<usize>vertices << 3), chi);
  vertices++;
}
