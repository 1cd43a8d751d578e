import type { DiffractogramOptions } from "../../../kernel-ext/widgets/index.js";
import type { Image } from "../../../src/array.js";
import { AzimuthalIntegrator, detector } from "../../../src/index.js";
import { simulatePowder } from "../../../src/simulate/index.js";
import type { FrameStream, StreamFrame } from "../../../src/stream/frame-stream.js";

export const SIDE = 96;
const geometry = {
  ...{ dist: 0.1, poni1: 0.0192, poni2: 0.0192, wavelength: 2e-11 },
  detector: detector({ pixel1: 4e-4, pixel2: 4e-4, shape: [SIDE, SIDE] }),
};
export const image: Image = simulatePowder({
  ...geometry,
  phases: [{ lattice: "CeO2", fwhm: 0.4 }],
  background: { flat: 3 },
});
export const OPTIONS: DiffractogramOptions = {
  ai: new AzimuthalIntegrator(geometry),
  ranges: [
    [-20, 20, null, null],
    [70, 110, 2, 18],
  ],
  ...{ unit: "2th_deg", npt: 80, method: { engine: "js" }, width: 900 },
};

/** A source of frames that a test fills. */
export interface FrameFeeder {
  readonly source: AsyncIterable<StreamFrame>;
  /** Frames that nobody has taken yet. */
  readonly waiting: readonly StreamFrame[];
  /** Gives frames, whose counts are multiplied by a factor. */
  put(count?: number, factor?: number): void;
  end(error?: unknown): void;
  isOver(): boolean;
}

/** A source that gives what it is given; with a name, a stream. */
export function feeder(name?: string): FrameFeeder {
  const waiting: StreamFrame[] = [];
  let wake = (): void => undefined;
  let isOver = false;
  let failure: unknown;
  const counts = { received: 0, given: 0, dropped: 2, bad: 1, bytes: 0 };
  async function* frames(): AsyncGenerator<StreamFrame> {
    for (;;) {
      while (waiting.length > 0) yield waiting.shift()!;
      if (failure !== undefined) throw failure;
      if (isOver) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }
  const end = (error?: unknown): void => {
    isOver = true;
    failure = error;
    wake();
  };
  const plain = frames();
  const stream: FrameStream = {
    name: name ?? "",
    counts,
    close: async () => end(),
    [Symbol.asyncIterator]: () => plain,
  };
  const put = (count = 1, factor = 1): void => {
    for (let i = 0; i < count; i++) {
      const index = counts.received++;
      waiting.push({
        data: image.data.map((value) => value * factor),
        shape: [SIDE, SIDE],
        ...{
          index,
          number: 100 + index,
          source: `data/frame_${index}.tif`,
          timestamp: 1000 + index,
        },
      });
    }
    wake();
  };
  return { source: name === undefined ? plain : stream, put, end, waiting, isOver: () => isOver };
}
