import type { CalibrationMessageToPage } from "../../src/calibration-messages.js";
import { rasterOf } from "../raster/raster.js";
import { RasterPlot } from "../raster/raster-plot.js";

type ResidualMessage = Extract<CalibrationMessageToPage, { do: "residual" }>;

/** How far the image's rings are outside the calculated ones, by place. */
export class ResidualPane {
  readonly plot: RasterPlot;

  constructor(place: HTMLElement) {
    this.plot = new RasterPlot(place);
  }

  async show({ shape, cell, limit }: ResidualMessage, data: Float32Array): Promise<void> {
    const [rows, columns] = shape;
    const scene = {
      raster: rasterOf({ data, shape: [rows, columns] }),
      x: { title: "column / pixel", first: -0.5, last: columns * cell - 0.5 },
      y: { title: "row / pixel", first: -0.5, last: rows * cell - 0.5 },
      square: true,
      colorTitle: "misfit / pixel",
    };
    await this.plot.show(scene, { scale: "linear", colormap: "viridis", limits: [-limit, limit] });
  }
}
