import { moduleGaps } from "../gaps.js";
import type { Model } from "./model.js";

/** Chips of 256 × 256 pixels whose gaps are 4 pixels wide. */
const medipix = {
  pixel: [55e-6, 55e-6],
  mask: { kind: "gaps", rows: moduleGaps(256, 4), columns: moduleGaps(256, 4) },
} as const;
const lambda = { ...medipix, dummy: 0 } as const;

export const MEDIPIX: readonly Model[] = [
  { ...medipix, name: "Maxipix", aliases: ["Maxipix 1x1"], shape: [256, 256] },
  { ...medipix, name: "Maxipix2x2", shape: [516, 516] },
  { ...medipix, name: "Maxipix5x1", shape: [256, 1296] },
  { ...lambda, name: "Lambda60k", shape: [256, 256] },
  { ...lambda, name: "Lambda250k", shape: [516, 516] },
  { ...lambda, name: "Lambda750k", shape: [516, 1556] },
  { ...lambda, name: "Lambda2M", shape: [1556, 1556] },
  { ...lambda, name: "Lambda7M5", aliases: ["Lambda 7.5M"], shape: [2596, 2596] },
  { ...lambda, name: "Lambda10M", shape: [2596, 4676] },
  // Its gaps differ from one detector to the next.
  { name: "Lambda9M", shape: [3868, 3227], pixel: [55e-6, 55e-6], dummy: 0 },
];
