import type { Image } from "../../../src/array.js";
import { midasParameters, type SomeMidasValues } from "../../../src/config/midas/parameters.js";
import { type CakelabError, ShapeError } from "../../../src/errors.js";
import type { MidasResult } from "../../../src/integrate/midas/result.js";
import type { FrameStream, StreamFrame } from "../../../src/stream/frame-stream.js";
import type { MidasEngine } from "../../../src/stream/midas/run-options.js";

export const RADIAL = 120;
export const AZIMUTHAL = 6;
const SHAPE: [number, number] = [AZIMUTHAL, RADIAL];

/** Bins of 1 pixel from 100, of 60°; those at the end have no pixels, and one at an azimuth. */
export const parameters = (more: Partial<SomeMidasValues> = {}) =>
  midasParameters({
    ...{ NrPixelsY: RADIAL, NrPixelsZ: AZIMUTHAL, px: 200, Lsd: 1e6, BC: [0, 0] },
    ...{ RMin: 100, RMax: 100 + RADIAL, RBinSize: 1, EtaBinSize: 60, Wavelength: 0.2 },
    ...{ OmegaStart: -10, OmegaStep: 0.25, ...more },
  });

export const isEmpty = (r: number, a: number): boolean => r >= RADIAL - 3 || (r === 7 && a === 2);

function grid() {
  const map = (value: (r: number, a: number) => number): Float64Array =>
    Float64Array.from({ length: RADIAL * AZIMUTHAL }, (_, i) =>
      value(Math.floor(i / AZIMUTHAL), i % AZIMUTHAL),
    );
  const tth = (r: number): number => Math.atan((100.5 + r) * 2e-4);
  return {
    radial: RADIAL,
    azimuthal: AZIMUTHAL,
    maps: {
      shape: [RADIAL, AZIMUTHAL] as const,
      R: map((r) => 100.5 + r),
      TTh: map((r) => (tth(r) * 180) / Math.PI),
      Eta: map((_, a) => -150 + 60 * a),
      Area: map((r, a) => (isEmpty(r, a) ? 0 : 1 + r / 8 + a)),
      Q: map((r) => ((4 * Math.PI) / 0.2) * Math.sin(tth(r) / 2)),
    },
  };
}

/** Each pixel is a bin; the profile is that of the second azimuth. */
export function smallEngine(): MidasEngine {
  return {
    grid: grid(),
    caker: {
      async integrate({ data, shape }: Image) {
        if (shape[0] !== AZIMUTHAL || shape[1] !== RADIAL) {
          throw new ShapeError("image", SHAPE, shape, "give another one");
        }
        const intensity = Float64Array.from(data, (value, i) =>
          isEmpty(i % RADIAL, Math.floor(i / RADIAL)) ? 0 : value,
        );
        const means = (weight: number): Float64Array =>
          Float64Array.from({ length: RADIAL }, (_, r) => weight * intensity[RADIAL + r]!);
        return {
          ...{ intensity, shape: SHAPE, lineout: means(1), simpleMean: means(2) },
        } as unknown as MidasResult;
      },
    },
    release: () => {},
  };
}

/** Two peaks that move with the index, at each azimuth a little differently. */
export function smallImage(index: number): Image<Float64Array> {
  const data = new Float64Array(RADIAL * AZIMUTHAL);
  for (let a = 0; a < AZIMUTHAL; a++) {
    for (let r = 0; r < RADIAL; r++) {
      const peak = (center: number, height: number): number =>
        height * Math.exp(-(((r - center - index / 50 - a / 20) / 2.5) ** 2));
      data[a * RADIAL + r] = 10 + r / 50 + peak(30, 100) + peak(80, 60) + ((r * 7 + a) % 5) / 50;
    }
  }
  return { data, shape: [...SHAPE] };
}

export const smallFrame = (index: number): StreamFrame => ({
  ...smallImage(index),
  index,
  number: index,
  timestamp: 1.7e9 + index / 16,
  source: `/data/scan_${`${index}`.padStart(6, "0")}.tif`,
});

/** A stream of frames that are there, or made when it is their turn. */
export function givenStream(
  frames: Iterable<StreamFrame> | AsyncIterable<StreamFrame>,
  name = "/data",
): FrameStream {
  const counts = { received: 0, given: 0, dropped: 0, bad: 0, bytes: 0 };
  let isClosed = false;
  return {
    name,
    counts,
    close: async () => {
      isClosed = true;
    },
    async *[Symbol.asyncIterator]() {
      for await (const frame of frames) {
        if (isClosed) return;
        counts.received++;
        counts.given++;
        yield frame;
      }
    },
  };
}

/** What a run is told of. */
export function troubles(): { list: string[]; onTrouble: (trouble: CakelabError) => void } {
  const list: string[] = [];
  return { list, onTrouble: ({ message }) => list.push(message) };
}
