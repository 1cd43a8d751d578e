import { PanelView } from "../jupyter/panel-view.js";
import type { Panel, ViewState } from "../view-state.js";
import { CakePanel } from "./cake-panel.js";

/** `CakeView` on the page. */
export class CakeView extends PanelView {
  protected makePanel(host: HTMLElement, state: ViewState): Panel {
    return new CakePanel(host, state);
  }
}
