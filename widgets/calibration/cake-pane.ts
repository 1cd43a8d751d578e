import type { CalibrationMessageToPage } from "../../src/calibration-messages.js";
import { displayLimits } from "../../src/figure/limits.js";
import type { Geometry } from "../../src/geometry/geometry.js";
import { safeLimits } from "../raster/paint-samples.js";
import { rasterOf } from "../raster/raster.js";
import { RasterPlot } from "../raster/raster-plot.js";
import { cakedRing } from "./caked-ring.js";
import { ringColor } from "./ring-colors.js";

type CakeMessage = Extract<CalibrationMessageToPage, { do: "cake" }>;

/** Rings that are drawn over a cake. */
export interface OverCake {
  readonly geometry: Geometry;
  readonly rings: readonly { readonly ring: number; readonly twoTheta: number }[];
  readonly current: number | undefined;
}

/** A small cake of the image, over which the calculated rings are straight lines when all is well. */
export class CakePane {
  readonly plot: RasterPlot;
  readonly #over: () => OverCake;
  /** Draws the rings anew. */
  readonly drawRings: () => void;
  #caked: Geometry | undefined;

  constructor(place: HTMLElement, over: () => OverCake) {
    this.plot = new RasterPlot(place);
    this.#over = over;
    this.drawRings = this.plot.addLayer((context, at) => {
      const { geometry, rings, current } = this.#over();
      for (const { ring, twoTheta } of rings) {
        context.beginPath();
        const curve = cakedRing(geometry, this.#caked ?? geometry, twoTheta);
        let former = Number.NaN;
        for (let i = 0; i <= curve.length; i += 2) {
          const chi = curve[(i + 1) % curve.length]!;
          const [x, y] = [at.x(curve[i % curve.length]!), at.y(chi)];
          // From −180° to 180° a line would run back across the whole cake.
          if (Math.abs(chi - former) < 90) context.lineTo(x, y);
          else context.moveTo(x, y);
          former = chi;
        }
        const isCurrent = ring === current;
        context.strokeStyle = isCurrent ? ringColor(ring) : "rgba(255, 92, 92, 0.85)";
        context.lineWidth = isCurrent ? 1.8 : 1;
        context.setLineDash(isCurrent ? [7, 4] : []);
        context.stroke();
      }
      context.setLineDash([]);
    });
  }

  /** Shows another cake; the part that is seen stays. */
  async show({ shape, radial, azimuth, geometry }: CakeMessage, data: Float32Array): Promise<void> {
    this.#caked = geometry;
    const raster = rasterOf({ data, shape: [shape[0], shape[1]] });
    const scene = {
      raster,
      x: { title: "2θ / °", first: radial[0], last: radial[1] },
      y: { title: "χ / °", first: azimuth[0], last: azimuth[1] },
      rowsUp: true,
      colorTitle: "intensity",
    };
    const limits = safeLimits("sqrt", displayLimits(raster.data, "sqrt", [1, 99.5]));
    await this.plot.show(scene, { scale: "sqrt", colormap: "viridis", limits });
  }
}
