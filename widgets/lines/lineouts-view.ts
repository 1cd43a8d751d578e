import { PanelView } from "../jupyter/panel-view.js";
import type { Panel, ViewState } from "../view-state.js";
import { LineoutsPanel } from "./lineouts-panel.js";

/** `Lineouts` on the page. */
export class LineoutsView extends PanelView {
  protected makePanel(host: HTMLElement, state: ViewState): Panel {
    return new LineoutsPanel(host, state);
  }
}
