import { detector } from "../../../src/detector/detector-factory.js";
import { AzimuthalIntegrator } from "../../../src/integrate/azimuthal-integrator.js";
import {
  DiffractogramTool,
  type DiffractogramToolOptions,
} from "../../../src/stream/diffractogram/diffractogram-tool.js";
import type { ToolImage } from "../../../src/stream/diffractogram/tool-parts.js";

export const SHAPE: [number, number] = [40, 50];

export function integrator(): AzimuthalIntegrator {
  return new AzimuthalIntegrator({
    dist: 0.1,
    poni1: 0.02,
    poni2: 0.025,
    rot1: 0.05,
    wavelength: 1e-10,
    detector: detector({ pixel1: 1e-3, pixel2: 1e-3, shape: SHAPE }),
  });
}

export function level(
  value: number,
  source = `frame_${value}.tif`,
): ToolImage & { source: string } {
  return {
    data: new Uint16Array(SHAPE[0] * SHAPE[1]).fill(value),
    shape: SHAPE,
    source,
    timestamp: 1000 + value,
  };
}

export function newTool(options: DiffractogramToolOptions = {}): DiffractogramTool {
  return new DiffractogramTool({
    ai: integrator(),
    calibration: "detector.poni",
    points: 20,
    unit: "2th_deg",
    correctSolidAngle: false,
    method: { engine: "js" },
    ...options,
  });
}

export function rounded(value: number): number {
  return Math.round(value * 1e9) / 1e9;
}

/** The one value that patterns of even images have. */
export function values(tool: DiffractogramTool): number[] {
  return tool.patterns.map(({ intensity }) => rounded(intensity[10]!));
}

export function rows(tool: DiffractogramTool, buffer = 0): number[] {
  const { length } = tool.buffers[buffer]!;
  return Array.from({ length }, (_, i) => Math.round(tool.buffers[buffer]!.row(i)[10]!));
}
