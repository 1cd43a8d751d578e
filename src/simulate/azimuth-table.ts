import { type Reflection, reflectionName } from "../calibrant/reflections.js";
import type { Grains, Phase, Texture } from "./options.js";
import type { Random } from "./random.js";

const DEGREE = Math.PI / 180;
/** Steps around a ring: 0.044°, finer than a pixel at a radius of 1000. */
const STEPS = 8192;

/** A ring's height around its circumference, relative to its mean; `undefined` where it does not vary. */
export function azimuthTable(
  phase: Phase,
  ring: Reflection,
  random: Random,
): Float64Array | undefined {
  const texture =
    phase.texture?.filter((component) => component.ring === reflectionName(ring)) ?? [];
  if (texture.length === 0 && phase.grains === undefined) return undefined;
  const table = textureTable(texture);
  return phase.grains === undefined ? table : withGrains(table, phase.grains, ring, random);
}

/** The table at a direction in radians, −π to π. */
export function sampleAzimuth(table: Float64Array, direction: number): number {
  const place = (direction / (2 * Math.PI) + 0.5) * STEPS;
  const index = Math.min(Math.floor(place), STEPS - 1);
  const low = table[index]!;
  return low + (place - index) * (table[index + 1 === STEPS ? 0 : index + 1]! - low);
}

function textureTable(components: readonly Texture[]): Float64Array {
  return Float64Array.from({ length: STEPS }, (_, i) => {
    const degrees = (i / STEPS) * 360 - 180;
    const factors = components.map(({ amplitude, direction = 0, order = 2 }) => {
      return 1 + amplitude * Math.cos(order * (degrees - direction) * DEGREE);
    });
    return factors.reduce((product, factor) => product * factor, 1);
  });
}

/** Spots lie where the texture is: one that falls on an emptier side of the ring is weaker. */
function withGrains(
  smooth: Float64Array,
  { perPlane, fraction = 0.5, width = 0.3 }: Grains,
  { multiplicity }: Reflection,
  random: Random,
): Float64Array {
  const spots = new Float64Array(STEPS);
  const sigma = ((width / 360) * STEPS) / (2 * Math.sqrt(2 * Math.LN2));
  const reach = Math.ceil(5 * sigma);
  for (let n = Math.round(perPlane * multiplicity); n > 0; n--) {
    const center = random() * STEPS;
    // Sizes of grains spread widely: intensities as an exponential distribution.
    const weight = -Math.log(1 - random());
    for (let i = Math.floor(center) - reach; i <= center + reach; i++) {
      spots[(i + STEPS) % STEPS]! += weight * Math.exp(-0.5 * ((i - center) / sigma) ** 2);
    }
  }
  const mean = spots.reduce((sum, value) => sum + value, 0) / STEPS;
  const scale = mean > 0 ? fraction / mean : 0;
  return smooth.map((value, i) => value * (1 - fraction + scale * spots[i]!));
}
