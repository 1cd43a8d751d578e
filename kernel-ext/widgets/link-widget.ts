import { Widget } from "./widget.js";

/** One end of a link: a widget and the name of its trait. */
export type LinkEnd = readonly [widget: Widget, trait: string];

/** Two traits that the page keeps equal, without the kernel. */
export abstract class LinkWidget extends Widget {
  declare source: LinkEnd;
  declare target: LinkEnd;

  /** Ends the link. */
  unlink(): void {
    this.close();
  }
}
