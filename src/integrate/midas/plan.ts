import type { Image } from "../../array.js";
import type { MidasParameters } from "../../config/midas/parameters.js";
import { nextTurn } from "../../host/next-turn.js";
import { deviations } from "../bin-values.js";
import { checkImage } from "../check-image.js";
import type { BinSums, Encoding, Engine } from "../engine/engine.js";
import type { EngineInfo, Provenance } from "../result.js";
import type { MidasBins } from "./bins.js";
import type { GapRule } from "./gap-values.js";
import type { MidasGeometryMaps } from "./geometry-maps.js";
import type { MidasResult } from "./result.js";

/** Areas below this count as none. */
const SMALLEST_AREA = 1e-9;

/** What a MIDAS plan is made of. */
export interface MidasPlanParts {
  readonly parameters: MidasParameters;
  readonly bins: MidasBins;
  readonly engine: Engine;
  readonly geometryMaps: MidasGeometryMaps;
  /** Areas of the bins, row-major `[azimuthal][radial]`, and what the engine's normalizations add up to. */
  readonly area: Float64Array;
  readonly normalization: Float64Array;
  readonly gaps: GapRule;
  /** Of the radial bins, in `unit`. */
  readonly radial: Float64Array;
  readonly unit: string;
  readonly empty: number;
  readonly provenance: Omit<Provenance, "invalidPixels">;
}

/** An integration in MIDAS' own geometry, made ready for any number of images. */
export class MidasPlan {
  readonly #parts: MidasPlanParts;
  readonly #shape: readonly [number, number];

  constructor(parts: MidasPlanParts) {
    this.#parts = parts;
    this.#shape = [parts.parameters.NrPixelsZ, parts.parameters.NrPixelsY];
  }

  /** Of the images, as the detector writes them. */
  get shape(): readonly [rows: number, columns: number] {
    return this.#shape;
  }

  /** R, 2θ, η, area and Q of the bins. */
  get geometryMaps(): MidasGeometryMaps {
    return this.#parts.geometryMaps;
  }

  /** What the plan was made from. */
  get parameters(): MidasParameters {
    return this.#parts.parameters;
  }

  /** Which engine computes, and how it holds the weights. */
  describe(): { readonly engine: EngineInfo; readonly encoding: Encoding } {
    return { engine: this.#parts.engine.info, encoding: this.#parts.engine.encoding };
  }

  /**
   * Integrates an image as the detector writes it: ImTransOpt is part of the plan.
   *
   * @throws ShapeError for one of another shape; OptionError for what is no image.
   */
  async integrate(image: Image, signal?: AbortSignal): Promise<MidasResult> {
    checkImage("image", image, this.#shape);
    // Frame after frame, nothing else in this thread would hear that it is to stop.
    await nextTurn();
    const { engine, gaps } = this.#parts;
    return this.#result(await engine.integrate(gaps.prepare(image), signal));
  }

  /** Gives the plan's memory back after the images at work; it integrates no more. */
  release(): void {
    this.#parts.engine.release?.();
  }

  #result(sums: BinSums): MidasResult {
    const { bins, engine, radial, unit, provenance, parameters, empty } = this.#parts;
    const { signal, variance, normalization2, invalidPixels } = sums;
    const area = this.#validArea(sums);
    const intensity = signal.slice();
    const isDivided = parameters.Normalize;
    for (let bin = 0; bin < intensity.length; bin++) {
      if (area[bin]! <= SMALLEST_AREA) intensity[bin] = empty;
      else if (isDivided) intensity[bin]! /= area[bin]!;
    }
    const result: MidasResult = {
      radial: radial.slice(),
      intensity,
      count: area.slice(),
      sumSignal: signal,
      sumNormalization: area,
      sumNormalization2: normalization2,
      unit,
      engine: engine.info,
      provenance: { ...provenance, invalidPixels },
      shape: [bins.azimuthal, bins.radial],
      azimuthal: bins.etas.slice(),
      ...this.#lineouts(intensity, area),
    };
    if (variance === undefined) return result;
    const sigma = variance.map((sum, bin) => {
      if (area[bin]! <= SMALLEST_AREA) return empty;
      return Math.sqrt(sum) / (isDivided ? area[bin]! : 1);
    });
    return {
      ...result,
      sumVariance: variance,
      sigma,
      std: deviations(variance, normalization2, area, empty),
      lineoutSigma: this.#lineoutSigma(sigma, area),
    };
  }

  /** The bins' areas without the pixels that do not count in this image. */
  #validArea({ normalization, invalidPixels }: BinSums): Float64Array {
    const { area, normalization: whole } = this.#parts;
    if (invalidPixels === 0) return area.slice();
    return area.map((all, bin) => {
      return whole[bin]! > 0 ? all * (normalization[bin]! / whole[bin]!) : 0;
    });
  }

  #lineouts(
    intensity: Float64Array,
    area: Float64Array,
  ): { lineout: Float64Array; simpleMean: Float64Array } {
    const { radial: rings, azimuthal: sectors } = this.#parts.bins;
    const lineout = new Float64Array(rings);
    const simpleMean = new Float64Array(rings);
    const whole = new Float64Array(rings);
    const filled = new Float64Array(rings);
    for (let sector = 0; sector < sectors; sector++) {
      for (let ring = 0; ring < rings; ring++) {
        const bin = sector * rings + ring;
        const size = area[bin]!;
        if (size <= SMALLEST_AREA) continue;
        lineout[ring]! += intensity[bin]! * size;
        whole[ring]! += size;
        simpleMean[ring]! += intensity[bin]!;
        filled[ring]!++;
      }
    }
    const { empty } = this.#parts;
    for (let ring = 0; ring < rings; ring++) {
      lineout[ring] = filled[ring]! > 0 ? lineout[ring]! / whole[ring]! : empty;
      simpleMean[ring] = filled[ring]! > 0 ? simpleMean[ring]! / filled[ring]! : empty;
    }
    return { lineout, simpleMean };
  }

  #lineoutSigma(sigma: Float64Array, area: Float64Array): Float64Array {
    const { radial: rings, azimuthal: sectors } = this.#parts.bins;
    return Float64Array.from({ length: rings }, (_, ring) => {
      let [square, whole] = [0, 0];
      for (let sector = 0; sector < sectors; sector++) {
        const size = area[sector * rings + ring]!;
        if (size <= SMALLEST_AREA) continue;
        square += (sigma[sector * rings + ring]! * size) ** 2;
        whole += size;
      }
      return whole > 0 ? Math.sqrt(square) / whole : this.#parts.empty;
    });
  }
}
