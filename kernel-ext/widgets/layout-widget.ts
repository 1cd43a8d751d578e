import type { TraitTable } from "./trait-spec.js";
import { type State, Widget } from "./widget.js";

const SIDES = ["border_top", "border_right", "border_bottom", "border_left"];

/** The border of all sides, which the page knows side by side. */
export const layoutTraits: TraitTable = {
  border: { type: "string", nullable: true, local: true },
};

/** The size and place of a widget, in the words of CSS. */
export abstract class LayoutWidget extends Widget {
  /** The border of all sides, such as `"1px solid grey"`; null where they differ. */
  declare border: string | null;

  protected override reconcile(next: State, changed: ReadonlySet<string>): void {
    if (changed.has("border")) for (const side of SIDES) next[side] = next.border;
    const [first, ...others] = SIDES.map((side) => next[side]);
    next.border = others.every((border) => border === first) ? first : null;
  }
}
