import type { Image } from "../../array.js";
import type { AzimuthalIntegrator } from "../../integrate/azimuthal-integrator.js";
import {
  type DiffractogramPattern,
  integrateSector,
  type SectorLimits,
} from "./diffractogram-pattern.js";
import type { DiffractogramSettings } from "./diffractogram-settings.js";
import { pixelHider } from "./hide-above.js";
import { radialLimits } from "./radial-limits.js";
import { sectorOf } from "./sector.js";

/** Integrates images over all ranges of the settings; an image at a time. */
export class SectorIntegrator {
  readonly #hideAbove = pixelHider();
  #known: { readonly revision: string; readonly sectors: readonly SectorLimits[] } | undefined;

  /**
   * One pattern for each range, computed side by side.
   *
   * @param revision changes with the calibration and the settings, so that limits are computed once.
   */
  integrate(
    image: Image,
    ai: AzimuthalIntegrator,
    settings: DiffractogramSettings,
    revision: number,
  ): Promise<DiffractogramPattern[]> {
    const { maskAbove } = settings;
    const seen = maskAbove === undefined ? image : this.#hideAbove(image, maskAbove, ai.detector);
    const sectors = this.#sectors(image.shape, ai, settings, revision);
    return Promise.all(sectors.map((sector) => integrateSector(seen, ai, sector, settings)));
  }

  #sectors(
    shape: Image["shape"],
    ai: AzimuthalIntegrator,
    { ranges, unit }: DiffractogramSettings,
    number: number,
  ): readonly SectorLimits[] {
    const revision = `${number} of ${shape}`;
    if (this.#known?.revision !== revision) {
      const sectors = ranges.map((range, i) => {
        const sector = sectorOf(range, `range ${i + 1}`);
        return { sector, limits: radialLimits(sector, unit, ai, shape) };
      });
      this.#known = { revision, sectors };
    }
    return this.#known.sectors;
  }
}
