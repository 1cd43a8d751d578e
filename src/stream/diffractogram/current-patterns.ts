import type { Image } from "../../array.js";
import type { AzimuthalIntegrator } from "../../integrate/azimuthal-integrator.js";
import type { DiffractogramPattern } from "./diffractogram-pattern.js";
import { type DiffractogramPeak, diffractogramPeaks } from "./diffractogram-peaks.js";
import type { DiffractogramSettings } from "./diffractogram-settings.js";
import { SectorIntegrator } from "./sector-integrator.js";

/** What is integrated, and how. */
export interface Integrand {
  readonly image: Image;
  readonly ai: AzimuthalIntegrator;
  readonly settings: DiffractogramSettings;
}

/** What a computation calls back with once its patterns are those of what is integrated now. */
export type WhenDone = () => void;

/** The patterns of the image that was integrated last. */
export class CurrentPatterns {
  readonly counts: { computed: number; failed: number } = { computed: 0, failed: 0 };
  readonly #current: () => Integrand;
  readonly #tell: (hasTrouble: boolean) => void;
  readonly #integrator = new SectorIntegrator();
  /** Raised by whatever changes a pattern. */
  #revision = 0;
  #queue: Promise<unknown> = Promise.resolve();
  #renewal: Promise<void> | undefined;
  #patterns: readonly DiffractogramPattern[] = [];
  #peaks: readonly (readonly DiffractogramPeak[])[] | undefined;
  #trouble: string | undefined;

  /**
   * @param current what is to be integrated when a computation's turn comes.
   * @param tell is told of other patterns, and whether the trouble is another one, too.
   */
  constructor(current: () => Integrand, tell: (hasTrouble: boolean) => void) {
    this.#current = current;
    this.#tell = tell;
  }

  get patterns(): readonly DiffractogramPattern[] {
    return this.#patterns;
  }

  /** Why there are none. */
  get trouble(): string | undefined {
    return this.#trouble;
  }

  /** The peaks of each pattern, fitted when they are asked for. */
  peaks(limit: number): readonly (readonly DiffractogramPeak[])[] {
    this.#peaks ??= this.#patterns.map((pattern) => diffractogramPeaks(pattern, limit));
    return this.#peaks;
  }

  forgetPeaks(): void {
    this.#peaks = undefined;
  }

  /** Says that the patterns are those of another image, calibration or setting. */
  outdate(): void {
    this.#revision++;
  }

  /** One thing after the other, so that images and buffers keep their order. */
  inTurn<T>(job: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(job);
    this.#queue = result.catch(() => {});
    return result;
  }

  /** Computes in its turn, once for all changes that are made before that comes. */
  renew(whenDone: WhenDone): Promise<void> {
    this.#renewal ??= this.inTurn(() => {
      this.#renewal = undefined;
      return this.compute(whenDone);
    });
    return this.#renewal;
  }

  /** Computes at once; within a turn. */
  async compute(whenDone: WhenDone): Promise<void> {
    const revision = this.#revision;
    try {
      const { image, ai, settings } = this.#current();
      this.#take(await this.#integrator.integrate(image, ai, settings, revision), undefined);
    } catch (error) {
      if (revision !== this.#revision) return this.compute(whenDone);
      this.counts.failed++;
      this.#take([], (error as Error).message);
      throw error;
    }
    // The patterns of then have another meaning than the settings of now.
    if (revision !== this.#revision) return this.compute(whenDone);
    this.counts.computed++;
    whenDone();
  }

  /** Gives back the memory of plans, which the next computation would take again. */
  release(): void {
    this.#integrator.release();
  }

  #take(patterns: readonly DiffractogramPattern[], trouble: string | undefined): void {
    const hasTrouble = this.#trouble !== trouble;
    this.#patterns = patterns;
    this.#peaks = undefined;
    this.#trouble = trouble;
    this.#tell(hasTrouble);
  }
}
