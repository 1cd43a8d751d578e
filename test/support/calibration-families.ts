import type { Image } from "../../src/array.js";
import { calibrant } from "../../src/calibrant/calibrants.js";
import { reflections } from "../../src/calibrant/reflections.js";
import type { Detector } from "../../src/detector/detector.js";
import { detector } from "../../src/detector/detector-factory.js";
import type { Geometry } from "../../src/geometry/geometry.js";
import type { Phase, SimulateOptions, Spot } from "../../src/simulate/options.js";
import { poisson } from "../../src/simulate/poisson.js";
import { simulatePowder } from "../../src/simulate/powder.js";
import { type Random, randomStream } from "../../src/simulate/random.js";

/** A simulated calibrant image and the truth about it. */
export interface CalibrationCase {
  readonly name: string;
  readonly image: Image<Int32Array>;
  /** 1 in the gaps between modules. */
  readonly mask: Image<Uint8Array>;
  readonly calibrant: string;
  /** Metres. */
  readonly wavelength: number;
  readonly detector: Detector;
  readonly geometry: Geometry;
}

interface Draw {
  readonly shape: readonly [number, number];
  readonly pixel: number;
  readonly calibrant: "CeO2" | "LaB6";
  readonly wavelength: number;
  readonly dist: number;
  /** Beam centre in pixels, (row, column). */
  readonly center: readonly [number, number];
  readonly rot1: number;
  readonly rot2: number;
  /** Pixels. */
  readonly fwhm: number;
  readonly counts: number;
  readonly background: number;
  readonly gaps?: "Pilatus" | "Eiger";
  readonly beamStop?: boolean;
  readonly hot?: number;
  readonly deadColumns?: number;
  readonly grains?: boolean;
  readonly impurity?: boolean;
  readonly cell?: boolean;
  readonly psf?: number;
}

/** The twelve families by name. */
export const FAMILIES: readonly string[] = [
  "tutorial",
  "pilatus",
  "tilt15",
  "tilt30",
  "off-detector",
  "spotty",
  "weak",
  "corner",
  "far",
  "close",
  "impurity",
  "cell",
];

const DEGREE = Math.PI / 180;

/** An image of a family; the same seed gives the same bytes. `largest` limits rows and columns. */
export function drawCalibrationCase(family: string, seed: number, largest = 2048): CalibrationCase {
  const random = randomStream(seed, 100 + FAMILIES.indexOf(family));
  const draw = drawOf(family, random, Math.min(largest, 2048));
  return render(`${family} ${seed}`, draw, seed, random);
}

function drawOf(family: string, random: Random, largest: number): Draw {
  const between = (low: number, high: number): number => low + (high - low) * random();
  const around = (span: number): number => between(-span, span);
  const either = <T>(a: T, b: T): T => (random() < 0.5 ? a : b);
  const middle: [number, number] = [512 + around(40), 512 + around(40)];
  const base = {
    shape: [1024, 1024] as const,
    calibrant: either("CeO2", "LaB6") as "CeO2" | "LaB6",
    fwhm: between(2.6, 4.5),
    counts: between(300, 4000),
    background: between(15, 120),
    beamStop: true,
    hot: Math.floor(between(0, 60)),
    rot1: around(1.5 * DEGREE),
    rot2: around(1.5 * DEGREE),
    center: middle,
  };
  switch (family) {
    case "tutorial":
      return {
        ...base,
        calibrant: "CeO2",
        pixel: 0.0004,
        wavelength: between(0.12, 0.14) * 1e-10,
        dist: between(0.65, 0.85),
        fwhm: between(2.6, 3.4),
        rot1: around(0.5 * DEGREE),
        rot2: around(0.5 * DEGREE),
      };
    case "pilatus":
      return {
        ...base,
        shape: [1043, 981],
        pixel: 0.000172,
        wavelength: between(0.35, 0.45) * 1e-10,
        dist: between(0.18, 0.3),
        center: [521 + around(60), 490 + around(60)],
        gaps: "Pilatus",
        hot: Math.floor(between(20, 200)),
        deadColumns: 2,
      };
    case "tilt15":
      return {
        ...base,
        pixel: between(0.0001, 0.0002),
        wavelength: between(0.25, 0.5) * 1e-10,
        dist: between(0.12, 0.25),
        center: [512 + around(250), 512 + around(250)],
        rot1: around(17 * DEGREE),
        rot2: either(-1, 1) * between(8, 17) * DEGREE,
      };
    case "tilt30":
      return {
        ...base,
        pixel: 0.0001,
        wavelength: between(0.35, 0.5) * 1e-10,
        dist: between(0.1, 0.16),
        center: [512 + around(250), between(120, 400)],
        rot1: -between(22, 33) * DEGREE,
        rot2: around(8 * DEGREE),
      };
    case "off-detector":
      return {
        ...base,
        pixel: between(0.0001, 0.0002),
        wavelength: between(0.2, 0.35) * 1e-10,
        dist: between(0.2, 0.4),
        center: [either(-between(20, 310), 1024 + between(20, 310)), 512 + around(400)],
        rot1: around(4 * DEGREE),
        rot2: around(4 * DEGREE),
      };
    case "spotty":
      return {
        ...base,
        calibrant: "CeO2",
        pixel: 0.00015,
        wavelength: between(0.2, 0.3) * 1e-10,
        dist: between(0.3, 0.4),
        grains: true,
      };
    case "weak":
      return {
        ...base,
        pixel: 0.0002,
        wavelength: between(0.25, 0.35) * 1e-10,
        dist: between(0.35, 0.5),
        counts: between(6, 12),
        background: between(6, 9),
      };
    case "corner":
      return {
        ...base,
        shape: [1065, 1030],
        pixel: 0.000075,
        wavelength: between(0.45, 0.57) * 1e-10,
        dist: between(0.12, 0.18),
        center: [1065 + around(60), around(60)],
        rot1: around(4 * DEGREE),
        rot2: around(4 * DEGREE),
        counts: between(100, 600),
        gaps: "Eiger",
        hot: Math.floor(between(20, 200)),
      };
    case "far":
      return {
        ...base,
        calibrant: "CeO2",
        shape: [largest, largest],
        pixel: 0.0002 * (2048 / largest),
        wavelength: between(0.115, 0.15) * 1e-10,
        dist: between(1.4, 2.2),
        center: [largest / 2 + around(100), largest / 2 + around(100)],
        counts: between(1000, 4000),
        hot: 800,
      };
    case "close":
      return {
        ...base,
        calibrant: "LaB6",
        shape: [largest, largest],
        pixel: 0.0001 * (2048 / largest),
        wavelength: between(0.18, 0.25) * 1e-10,
        dist: between(0.12, 0.18),
        center: [largest / 2 + around(60), largest / 2 + around(60)],
        fwhm: between(2.6, 3.4),
      };
    case "impurity":
      return {
        ...base,
        calibrant: "CeO2",
        pixel: 0.0002,
        wavelength: between(0.25, 0.35) * 1e-10,
        dist: between(0.35, 0.5),
        impurity: true,
      };
    case "cell":
      return {
        ...base,
        pixel: 0.0001,
        wavelength: between(0.3, 0.45) * 1e-10,
        dist: between(0.18, 0.26),
        counts: between(60, 300),
        background: between(60, 300),
        cell: true,
        psf: 1.2,
      };
    default:
      throw new Error(`there is no family "${family}"`);
  }
}

function render(name: string, draw: Draw, seed: number, random: Random): CalibrationCase {
  const { shape, pixel, wavelength, dist, rot1, rot2 } = draw;
  const center = [(draw.center[0] + 0.5) * pixel, (draw.center[1] + 0.5) * pixel] as const;
  const geometry: Geometry = {
    dist,
    poni1: center[0] - (dist * Math.tan(rot2)) / Math.cos(rot1),
    poni2: center[1] + dist * Math.tan(rot1),
    rot1,
    rot2,
    rot3: 0,
  };
  const flat = detector({ pixel1: pixel, pixel2: pixel, shape });
  const expected = simulatePowder({
    ...geometry,
    detector: flat,
    wavelength,
    phases: phasesOf(draw),
    spots: spotsOf(draw, random),
    background: backgroundOf(draw),
    ...(draw.beamStop ? { beamStop: beamStopOf(draw) } : {}),
    noise: false,
    seed,
  }).data as Float32Array;
  if (draw.cell) shade(expected, draw, random);
  const blurred = draw.psf === undefined ? expected : blur(expected, shape, draw.psf);
  const mask = gapsOf(draw);
  const data = Int32Array.from(blurred, (value, i) => (mask[i] ? -1 : poisson(value, random)));
  for (let n = 0; n < (draw.deadColumns ?? 0); n++) {
    const column = Math.floor(random() * shape[1]);
    for (let i = column; i < data.length; i += shape[1]) if (!mask[i]) data[i] = 0;
  }
  for (let n = 0; n < (draw.hot ?? 0); n++) {
    const i = Math.floor(random() * data.length);
    if (!mask[i]) data[i] = random() < 0.3 ? 65535 : Math.floor(500 + 60000 * random());
  }
  return {
    name,
    image: { data, shape: [...shape] },
    mask: { data: mask, shape: [...shape] },
    calibrant: draw.calibrant,
    wavelength,
    detector: flat,
    geometry,
  };
}

/** Degrees of 2θ that are so many pixels where most of the rings are. */
function widthOf({ shape, pixel, dist, fwhm }: Draw): number {
  const radius = 0.3 * Math.max(...shape) * pixel;
  return (fwhm * pixel * dist) / (dist * dist + radius * radius) / DEGREE;
}

function phasesOf(draw: Draw): Phase[] {
  const fwhm = widthOf(draw);
  const main: Phase = {
    lattice: draw.calibrant,
    counts: draw.counts,
    fwhm,
    eta: 0.2,
    ...(draw.grains ? { grains: { perPlane: 11, fraction: 0.95, width: 0.7 } } : {}),
    ...(draw.cell ? { texture: [{ ring: "200", amplitude: 0.5, direction: 30 }] } : {}),
  };
  return draw.impurity
    ? [main, { lattice: "Al", counts: 0.4 * draw.counts, fwhm: 1.3 * fwhm, eta: 0.2 }]
    : [main];
}

function spotsOf(draw: Draw, random: Random): Spot[] {
  if (!draw.impurity && !draw.cell) return [];
  const [first] = reflections(calibrant(draw.calibrant).lattice!, 2);
  const least = (2 * Math.asin((draw.wavelength * 1e10) / (2 * first!.d))) / DEGREE;
  return Array.from({ length: 30 }, () => ({
    direction: 360 * random(),
    twoTheta: least * (1 + 2.5 * random()),
    counts: draw.counts * (1 + 20 * random()),
    width: widthOf(draw) * (1 + 2 * random()),
  }));
}

function backgroundOf(draw: Draw): NonNullable<SimulateOptions["background"]> {
  const decay = (0.4 * Math.max(...draw.shape) * draw.pixel) / draw.dist / DEGREE;
  const air = { counts: 3 * draw.background, decay };
  const halo = { counts: 3 * draw.background, twoTheta: 0.8 * decay, width: 0.7 * decay };
  return { flat: draw.background, air, ...(draw.cell ? { amorphous: [halo] } : {}) };
}

function beamStopOf({ shape, pixel }: Draw): NonNullable<SimulateOptions["beamStop"]> {
  const side = Math.max(...shape) * pixel;
  return { radius: 0.017 * side, arm: { direction: 268, width: 0.009 * side } };
}

function gapsOf({ shape, gaps }: Draw): Uint8Array {
  const mask = new Uint8Array(shape[0] * shape[1]);
  if (gaps === undefined) return mask;
  const [rows, columns] = gaps === "Pilatus" ? [212, 494] : [551, 1040];
  const [height, width] = gaps === "Pilatus" ? [195, 487] : [514, 1030];
  for (let i = 0; i < mask.length; i++) {
    const row = Math.floor(i / shape[1]);
    if (row % rows >= height || (i - row * shape[1]) % columns >= width) mask[i] = 1;
  }
  return mask;
}

/** The opening of a pressure cell: dark beyond a chord on either side, with soft edges. */
function shade(expected: Float32Array, { shape }: Draw, random: Random): void {
  const turn = Math.PI * random();
  const [ny, nx] = [Math.sin(turn), Math.cos(turn)];
  const [above, below] = [shape[0] * (0.3 + 0.15 * random()), shape[0] * (0.3 + 0.15 * random())];
  for (let i = 0; i < expected.length; i++) {
    const row = Math.floor(i / shape[1]);
    const away = (row - shape[0] / 2) * ny + (i - row * shape[1] - shape[1] / 2) * nx;
    const passed = 1 / (1 + Math.exp(-(above - away) / 4)) / (1 + Math.exp(-(away + below) / 4));
    expected[i]! *= 0.1 + 0.9 * passed;
  }
}

/** Point spread: a Gaussian of `sigma` pixels. */
function blur(
  data: Float32Array,
  [rows, columns]: readonly [number, number],
  sigma: number,
): Float32Array {
  const reach = Math.ceil(3 * sigma);
  const kernel = Array.from({ length: 2 * reach + 1 }, (_, k) =>
    Math.exp(-0.5 * ((k - reach) / sigma) ** 2),
  );
  const sum = kernel.reduce((total, value) => total + value, 0);
  const along = (source: Float32Array, step: number, length: number): Float32Array =>
    source.map((_, i) => {
      const place = Math.floor(i / step) % length;
      let value = 0;
      for (let k = -reach; k <= reach; k++) {
        const other = Math.min(Math.max(place + k, 0), length - 1);
        value += (kernel[k + reach]! / sum) * source[i + (other - place) * step]!;
      }
      return value;
    });
  return along(along(data, 1, columns), columns, rows);
}
