import { OptionError } from "./errors.js";
import { suggest } from "./suggest.js";

/**
 * Refuses options that do not exist: a slip would otherwise pass as the default.
 *
 * @throws OptionError that names the options which may have been meant.
 */
export function checkOptionNames(options: object, known: readonly string[]): void {
  for (const name of Object.keys(options)) {
    if (known.includes(name)) continue;
    const near = suggest(name.replaceAll("_", ""), known);
    const remedy =
      near.length > 0 ? `did you mean ${near.join(" or ")}?` : `choose from ${known.join(", ")}`;
    throw new OptionError(name, undefined, `there is no such option; ${remedy}`);
  }
}
