import { PanelView } from "../jupyter/panel-view.js";
import type { Panel, ViewState } from "../view-state.js";
import { MaskPanel } from "./mask-panel.js";

/** `MaskEditor` on the page. */
export class MaskEditor extends PanelView {
  protected makePanel(host: HTMLElement, state: ViewState): Panel {
    return new MaskPanel(host, state);
  }
}
