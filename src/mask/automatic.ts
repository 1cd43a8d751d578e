import type { Image } from "../array.js";
import { OptionError } from "../errors.js";
import type { AzimuthalIntegrator } from "../integrate/azimuthal-integrator.js";
import { maskBeamStop } from "./beam-stop.js";
import { maskCosmicRays } from "./cosmic-rays.js";
import { maskDead, maskHot } from "./defects.js";
import { maskGaps } from "./gaps.js";
import type { Mask } from "./mask.js";
import { maskSaturated } from "./saturated.js";
import { maskSigmaClip } from "./sigma-clip.js";
import { maskNotFinite } from "./threshold.js";

type Rule = (image: Image, ai: AzimuthalIntegrator | undefined) => Mask;

/** What masks itself without being told where. */
export type AutomaticMask =
  | "hot"
  | "dead"
  | "saturated"
  | "gaps"
  | "cosmic-rays"
  | "not-finite"
  | "beam-stop"
  | "sigma-clip";

const RULES: Readonly<Record<AutomaticMask, Rule>> = {
  hot: maskHot,
  dead: maskDead,
  saturated: (image) => maskSaturated(image),
  gaps: maskGaps,
  "cosmic-rays": (image) => maskCosmicRays(image),
  "not-finite": maskNotFinite,
  "beam-stop": (image, ai) => {
    const { centerX, centerY } = required("beam-stop", ai).getFit2d();
    return maskBeamStop(image, [centerX - 0.5, centerY - 0.5]);
  },
  "sigma-clip": (image, ai) => {
    const radial = required("sigma-clip", ai).centerArray("2th_deg", image.shape).data;
    return maskSigmaClip(image, radial);
  },
};

/** The names of the automatic masks; `"beam-stop"` and `"sigma-clip"` need a geometry. */
export const AUTOMATIC_MASKS: readonly AutomaticMask[] = Object.keys(RULES) as AutomaticMask[];

/**
 * What an automatic mask finds in an image.
 *
 * @throws OptionError for a name that is none, or a geometry that is missing.
 */
export function automaticMask(name: AutomaticMask, image: Image, ai?: AzimuthalIntegrator): Mask {
  const rule: Rule | undefined = Object.hasOwn(RULES, name) ? RULES[name] : undefined;
  if (rule === undefined) {
    const names = AUTOMATIC_MASKS.join(", ");
    throw new OptionError("automatic", name, `nothing finds "${name}"; choose from ${names}`);
  }
  return rule(image, ai);
}

function required(name: string, ai: AzimuthalIntegrator | undefined): AzimuthalIntegrator {
  if (ai === undefined) {
    throw new OptionError("ai", ai, `${name} needs to know where the beam is; give ai`);
  }
  return ai;
}
