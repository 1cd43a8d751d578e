import { PanelView } from "../jupyter/panel-view.js";
import type { Panel, ViewState } from "../view-state.js";
import { LivePanel } from "./view/live-panel.js";

/** `LiveCake` on the page. */
export class LiveCake extends PanelView {
  protected makePanel(host: HTMLElement, state: ViewState): Panel {
    return new LivePanel(host, state);
  }
}
