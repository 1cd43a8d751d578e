import type { Detector } from "../detector/detector.js";
import type { Plan } from "./plan.js";
import type { Setup } from "./plan-data.js";
import { copyImage, sameImage } from "./same-image.js";
import type { Settings } from "./settings.js";

/** Plans in use at a time: a pattern and a cake of each frame, with one to spare. */
const MOST_PLANS = 3;

const IMAGES = ["mask", "dark", "flat", "variance"] as const;

interface Entry {
  readonly key: string;
  readonly detector: Detector;
  readonly images: Pick<Settings, (typeof IMAGES)[number]>;
  readonly plan: Promise<Plan>;
}

/** Keeps the plans used last, so that a series builds each of them once. */
export class PlanCache {
  #entries: Entry[] = [];

  /**
   * The plan of these settings, built if none is kept.
   *
   * Corrections are compared by value: one that was changed in place makes a new plan.
   */
  get(
    setup: Setup,
    shape: readonly [number, number],
    settings: Settings,
    build: (kept: Settings) => Promise<Plan>,
  ): Promise<Plan> {
    const key = keyOf(setup, shape, settings);
    const found = this.#entries.find(
      (entry) =>
        entry.key === key &&
        entry.detector === setup.detector &&
        IMAGES.every((name) => sameImage(entry.images[name], settings[name])),
    );
    if (found !== undefined) {
      this.#entries = [found, ...this.#entries.filter((entry) => entry !== found)];
      // Whoever began it may have aborted it.
      return found.plan.catch(() => this.get(setup, shape, settings, build));
    }
    const images = {
      mask: copyImage(settings.mask),
      dark: copyImage(settings.dark),
      flat: copyImage(settings.flat),
      variance: copyImage(settings.variance),
    };
    const plan = build({ ...settings, ...images });
    const entry: Entry = { key, detector: setup.detector, images, plan };
    this.#entries = [entry, ...this.#entries].slice(0, MOST_PLANS);
    plan.catch(() => this.#forget(entry));
    return plan;
  }

  #forget(entry: Entry): void {
    this.#entries = this.#entries.filter((kept) => kept !== entry);
  }
}

function keyOf(
  { geometry, wavelength }: Setup,
  shape: readonly [number, number],
  settings: Settings,
): string {
  const {
    mask: _mask,
    dark: _dark,
    flat: _flat,
    variance: _variance,
    unit,
    empty,
    ...rest
  } = settings;
  // JSON would write NaN as null.
  return JSON.stringify([
    geometry,
    wavelength,
    shape,
    unit.name,
    String(empty),
    String(settings.dummy),
    rest,
  ]);
}
