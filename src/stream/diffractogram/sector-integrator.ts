import type { Image } from "../../array.js";
import type { AzimuthalIntegrator } from "../../integrate/azimuthal-integrator.js";
import type { Lease } from "../../integrate/plan-cache.js";
import {
  type DiffractogramPattern,
  integrateSector,
  type SectorLimits,
  sectorOptions,
} from "./diffractogram-pattern.js";
import type { DiffractogramSettings } from "./diffractogram-settings.js";
import { pixelHider } from "./hide-above.js";
import { radialLimits } from "./radial-limits.js";
import { sectorOf } from "./sector.js";

/** What is ready for images of one kind. */
interface Prepared {
  readonly key: string;
  readonly sectors: readonly SectorLimits[];
  readonly leases: readonly Lease[];
}

/** Integrates images over all ranges of the settings, one image at a time, by a plan for each range. */
export class SectorIntegrator {
  readonly #hideAbove = pixelHider();
  #prepared: Prepared | undefined;

  /**
   * One pattern for each range, computed side by side.
   *
   * @param revision another one for another calibration or other settings: what was prepared is then
   * made anew.
   */
  async integrate(
    image: Image,
    ai: AzimuthalIntegrator,
    settings: DiffractogramSettings,
    revision: number,
  ): Promise<DiffractogramPattern[]> {
    const key = `${revision} ${image.shape} ${image.data.constructor.name}`;
    const { sectors, leases } =
      this.#prepared?.key === key ? this.#prepared : await this.#prepare(image, ai, settings, key);
    const { maskAbove, unit } = settings;
    const seen = maskAbove === undefined ? image : this.#hideAbove(image, maskAbove, ai.detector);
    return Promise.all(
      sectors.map((sector, i) => integrateSector(seen, leases[i]!.plan, sector, unit)),
    );
  }

  /** Gives back what was prepared. */
  release(): void {
    for (const { end } of this.#prepared?.leases ?? []) end();
    this.#prepared = undefined;
  }

  async #prepare(
    image: Image,
    ai: AzimuthalIntegrator,
    settings: DiffractogramSettings,
    key: string,
  ): Promise<Prepared> {
    const { shape } = image;
    const { ranges, unit, points } = settings;
    const sectors = ranges.map((range, i): SectorLimits => {
      const sector = sectorOf(range, `range ${i + 1}`);
      return { sector, limits: radialLimits(sector, unit, ai, shape) };
    });
    const made = await Promise.allSettled(
      sectors.map((sector) => {
        return ai.lease({ shape, npt: points, ...sectorOptions(sector, settings, image) });
      }),
    );
    const leases = made.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    const failed = made.find((one) => one.status === "rejected");
    if (failed !== undefined) {
      for (const { end } of leases) end();
      throw failed.reason;
    }
    // Only now, because a plan of before may be one of now, too.
    this.release();
    this.#prepared = { key, sectors, leases };
    return this.#prepared;
  }
}
