import { DOMWidget } from "./dom-widget.js";
import type { State, Widget } from "./widget.js";
import type { WidgetOptions } from "./widget-types.js";

/** A widget that holds others. */
export abstract class BoxWidget extends DOMWidget {
  /** The widgets within, in their order. */
  declare children: readonly Widget[];

  /** @param content the widgets within, or all options. */
  constructor(content: readonly Widget[] | object = {}, options: object = {}) {
    super(Array.isArray(content) ? { children: content, ...options } : { ...content, ...options });
  }
}

/** A widget that holds others on pages, with a title each. */
export abstract class PagedWidget extends BoxWidget {
  /** The titles of the pages; pages beyond them have none. */
  declare titles: readonly string[];
  /** The page that is seen, from 0; null: none. */
  declare selectedIndex: number | null;
  /** `selectedIndex`, as ipywidgets spells it. */
  declare selected_index: number | null;

  /** Sets the title of one page, counted from 0. */
  setTitle(page: number, title: string): void {
    this.#checkPage(page);
    this.titles = this.titles.map((other, i) => (i === page ? title : other));
  }

  /** The title of one page, counted from 0. */
  getTitle(page: number): string {
    this.#checkPage(page);
    return this.titles[page]!;
  }

  protected override reconcile(next: State, changed: ReadonlySet<string>, first: boolean): void {
    const pages = (next.children as unknown[]).length;
    const titles = next.titles as string[];
    if (titles.length !== pages) {
      next.titles = Array.from({ length: pages }, (_, i) => titles[i] ?? "");
    }
    const selected = next.selected_index as number | null;
    if (
      changed.has("selected_index") &&
      selected !== null &&
      !(selected >= 0 && selected < pages)
    ) {
      const remedy = pages === 0 ? "there are no pages" : `use 0 to ${pages - 1}, or null`;
      const message = `${selected} is not the index of a page; ${remedy}`;
      throw this.traitError("selectedIndex", selected, message);
    }
    next.selected_index = this.selectedPage(selected, pages, first || changed.has("children"));
  }

  /** The page that is seen, for a number of pages that may have changed. */
  protected selectedPage(selected: number | null, pages: number, _renewed: boolean): number | null {
    return selected !== null && selected >= pages ? null : selected;
  }

  #checkPage(page: number): void {
    const pages = this.children.length;
    if (Number.isInteger(page) && page >= 0 && page < pages) return;
    throw this.traitError("titles", page, `there is no page ${page}; there are ${pages}, from 0`);
  }
}

/** Pages of which one is always seen. */
export abstract class TabbedWidget extends PagedWidget {
  protected override selectedPage(
    selected: number | null,
    pages: number,
    renewed: boolean,
  ): number | null {
    if (pages === 0) return null;
    if (selected === null) return renewed ? 0 : null;
    return Math.min(selected, pages - 1);
  }
}

/** What a box is made of: its widgets, or all of its options. */
export type BoxContent<W> = readonly Widget[] | WidgetOptions<W>;
