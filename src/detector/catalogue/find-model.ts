import { OptionError } from "../../errors.js";
import { suggest } from "../../suggest.js";
import { DECTRIS } from "./dectris.js";
import { IMXPAD } from "./imxpad.js";
import { MEDIPIX } from "./medipix.js";
import type { Model } from "./model.js";
import { OTHERS } from "./others.js";
import { PSI } from "./psi.js";
import { RAYONIX } from "./rayonix.js";

/** All models that CakeLab knows by name. */
export function models(): readonly Model[] {
  return [...DECTRIS, ...RAYONIX, ...MEDIPIX, ...PSI, ...IMXPAD, ...OTHERS];
}

/**
 * The model of a name, whatever its case, spaces, `_` and `-`.
 *
 * @throws OptionError for a name that is not known; it suggests the nearest ones.
 */
export function findModel(name: string): Model {
  const wanted = plainName(name);
  const all = models();
  const found = all.find((model) => namesOf(model).some((known) => plainName(known) === wanted));
  if (found !== undefined) return found;
  const near = suggest(name, all.flatMap(namesOf));
  const hint =
    near.length > 0 ? `the nearest names are ${near.map((n) => `"${n}"`).join(", ")}` : "";
  const remedy = "give its pixel size instead: detector({ pixel1, pixel2, shape })";
  throw new OptionError(
    "detector",
    name,
    `"${name}" is not a known detector; ${hint === "" ? remedy : `${hint}; or ${remedy}`}`,
  );
}

function namesOf(model: Model): string[] {
  return [model.name, ...(model.aliases ?? [])];
}

function plainName(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, "");
}
