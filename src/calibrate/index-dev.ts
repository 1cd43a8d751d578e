export { usableCounts } from "./counts.js";
export { findRidges } from "./ridges.js";
export * from "./search.js";
export * from "./comb.js";
export * from "./two-theta.js";
export * from "./parameters.js";
export * from "./center-vote.js";
export * from "./refine.js";
export * from "./plane.js";
