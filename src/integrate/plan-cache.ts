import type { Detector } from "../detector/detector.js";
import type { Plan } from "./plan.js";
import type { Setup } from "./plan-data.js";
import { copyImage, sameImage } from "./same-image.js";
import type { Settings } from "./settings.js";

/** Plans kept however large: a pattern and a cake of each frame, with one to spare. */
const FEWEST_PLANS = 3;
/** Plans kept however small. */
const MOST_PLANS = 50;
/** Memory from which on no more than the fewest are kept. */
const MOST_BYTES = 2 ** 30;

const IMAGES = ["mask", "dark", "flat", "variance"] as const;

type BuildPlan = (kept: Settings) => Promise<Plan>;

interface Entry {
  readonly key: string;
  readonly detector: Detector;
  readonly images: Pick<Settings, (typeof IMAGES)[number]>;
  readonly plan: Promise<Plan>;
  /** 0 until it is built. */
  bytes: number;
  /** Calls at work with the plan. */
  users: number;
  /** Somebody else has the plan too, so that its memory is not ours to give back. */
  isShared: boolean;
}

/** A plan that stays until its user ends. */
export interface Lease {
  readonly plan: Plan;
  readonly end: () => void;
}

/** Keeps the plans used last, so that a series builds each of them once, within bounds of memory. */
export class PlanCache {
  #entries: Entry[] = [];

  /**
   * Works with the plan of these settings, built if none is kept.
   *
   * Corrections are compared by value: one that was changed in place makes a new plan.
   */
  async use<T>(
    setup: Setup,
    shape: readonly [number, number],
    settings: Settings,
    build: BuildPlan,
    work: (plan: Plan) => Promise<T>,
  ): Promise<T> {
    const { plan, end } = await this.lease(setup, shape, settings, build);
    try {
      return await work(plan);
    } finally {
      end();
    }
  }

  /** The plan of these settings, to work with until `end` is called. */
  async lease(
    setup: Setup,
    shape: readonly [number, number],
    settings: Settings,
    build: BuildPlan,
  ): Promise<Lease> {
    const [entry, plan] = await this.#begin(setup, shape, settings, build);
    const end = () => {
      entry.users--;
      this.#releaseUnused(entry);
    };
    return { plan, end };
  }

  /** The plan of these settings, to be kept by the caller for as long as it likes. */
  async share(
    setup: Setup,
    shape: readonly [number, number],
    settings: Settings,
    build: BuildPlan,
  ): Promise<Plan> {
    const [entry, plan] = await this.#begin(setup, shape, settings, build);
    entry.isShared = true;
    entry.users--;
    return plan;
  }

  /** An entry with one user more, and its plan. */
  async #begin(
    setup: Setup,
    shape: readonly [number, number],
    settings: Settings,
    build: BuildPlan,
  ): Promise<[Entry, Plan]> {
    const found = this.#find(setup, shape, settings);
    const entry =
      found ?? this.#add(newEntry(keyOf(setup, shape, settings), setup, settings, build));
    entry.users++;
    this.#keep(entry);
    try {
      return [entry, await entry.plan];
    } catch (error) {
      entry.users--;
      if (found === undefined) throw error;
      // Whoever began it may have aborted it.
      return this.#begin(setup, shape, settings, build);
    }
  }

  #find(setup: Setup, shape: readonly [number, number], settings: Settings): Entry | undefined {
    const key = keyOf(setup, shape, settings);
    return this.#entries.find(
      (entry) =>
        entry.key === key &&
        entry.detector === setup.detector &&
        IMAGES.every((name) => sameImage(entry.images[name], settings[name])),
    );
  }

  #add(entry: Entry): Entry {
    const forget = () => {
      this.#entries = this.#entries.filter((kept) => kept !== entry);
    };
    entry.plan.then((plan) => {
      entry.bytes = plan.describe().encoding.bytes;
    }, forget);
    return entry;
  }

  /** Makes an entry the latest, and lets go of the oldest. */
  #keep(entry: Entry): void {
    const kept = [entry, ...this.#entries.filter((other) => other !== entry)];
    let bytes = kept.reduce((sum, { bytes }) => sum + bytes, 0);
    const dropped: Entry[] = [];
    while (kept.length > FEWEST_PLANS && (kept.length > MOST_PLANS || bytes > MOST_BYTES)) {
      const oldest = kept.pop()!;
      bytes -= oldest.bytes;
      dropped.push(oldest);
    }
    this.#entries = kept;
    for (const old of dropped) this.#releaseUnused(old);
  }

  #releaseUnused(entry: Entry): void {
    if (entry.users > 0 || entry.isShared || this.#entries.includes(entry)) return;
    entry.plan.then((plan) => plan.release()).catch(() => undefined);
  }
}

function newEntry(key: string, setup: Setup, settings: Settings, build: BuildPlan): Entry {
  const images = {
    mask: copyImage(settings.mask),
    dark: copyImage(settings.dark),
    flat: copyImage(settings.flat),
    variance: copyImage(settings.variance),
  };
  const plan = build({ ...settings, ...images });
  return { key, detector: setup.detector, images, plan, bytes: 0, users: 0, isShared: false };
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
