import { inspect } from "node:util";
import { suggest } from "../../src/suggest.js";
import { DescriptionWidget } from "./description-widget.js";
import type { State } from "./widget.js";

/** A list that the user writes entry by entry. */
export abstract class TagsWidget extends DescriptionWidget {
  protected override reconcile(next: State): void {
    const value = next.value as unknown[];
    const allowed = next.allowed_tags as unknown[];
    const { min = null, max = null } = next as { min?: number | null; max?: number | null };
    for (const tag of value) {
      if (tag === "") throw this.traitError("value", value, "an entry is empty; leave it out");
      if (allowed.length > 0 && !allowed.includes(tag)) {
        const near = suggest(String(tag), allowed.map(String), 1)[0];
        const remedy = near === undefined ? `use ${allowed.join(", ")}` : `did you mean ${near}?`;
        throw this.traitError("value", value, `${inspect(tag)} is not in allowedTags; ${remedy}`);
      }
      const number = tag as number;
      if ((min !== null && number < min) || (max !== null && number > max)) {
        const limits = `${min ?? "−∞"} to ${max ?? "∞"}`;
        throw this.traitError("value", value, `${number} is outside min and max, ${limits}`);
      }
    }
  }
}
