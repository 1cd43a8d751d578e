import { PanelView } from "../jupyter/panel-view.js";
import type { Panel, ViewState } from "../view-state.js";
import { DiffractogramPanel } from "./diffractogram-panel.js";

/** `Diffractogram` on the page. */
export class Diffractogram extends PanelView {
  protected makePanel(host: HTMLElement, state: ViewState): Panel {
    return new DiffractogramPanel(host, state);
  }
}
