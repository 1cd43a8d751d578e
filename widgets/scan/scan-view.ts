import { PanelView } from "../jupyter/panel-view.js";
import type { Panel, ViewState } from "../view-state.js";
import { ScanPanel } from "./scan-panel.js";

/** `ScanMap` on the page. */
export class ScanMap extends PanelView {
  protected makePanel(host: HTMLElement, state: ViewState): Panel {
    return new ScanPanel(host, state);
  }
}
