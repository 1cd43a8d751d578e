import { DOMWidgetModel, type IBackboneModelOptions } from "@jupyter-widgets/base";
import {
  type MessageToKernel,
  type MessageToPage,
  unpackArrays,
  type ViewArrays,
} from "../../src/widget-messages.js";

/**
 * The page's side of a widget that shows arrays. They are no traits, so that they travel once and no
 * notebook file keeps them; the page asks for them with the first view.
 */
export class ArrayModel extends DOMWidgetModel {
  // Declared only: Backbone sets the state up before fields of this class would be.
  declare arrays: ViewArrays | undefined;
  declare revision: number;
  declare private asked: boolean;

  override initialize(attributes: Record<string, unknown>, options: IBackboneModelOptions): void {
    super.initialize(attributes, options);
    this.arrays = undefined;
    this.revision = -1;
    this.asked = false;
    this.on("msg:custom", (message: MessageToPage, buffers: DataView[]) => {
      if (message.do === "changed") {
        // Where nobody looks, nothing needs to come.
        if (this.asked) this.tell({ do: "arrays" });
      } else if (message.do === "arrays" && message.revision > this.revision) {
        this.revision = message.revision;
        this.arrays = unpackArrays(message.arrays, buffers);
        this.trigger("arrays");
      }
    });
    this.on("destroy", () => {
      this.arrays = undefined;
    });
  }

  /** Asks for the arrays, unless that was done. */
  ask(): void {
    if (this.asked || !this.comm_live) return;
    this.asked = true;
    this.tell({ do: "arrays" });
  }

  tell(message: MessageToKernel, buffers: ArrayBuffer[] = []): void {
    if (this.comm_live) this.send(message as never, undefined, buffers);
  }
}
