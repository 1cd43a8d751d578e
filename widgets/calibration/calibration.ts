import { PanelView } from "../jupyter/panel-view.js";
import type { Panel, ViewState } from "../view-state.js";
import { CalibrationPanel } from "./calibration-panel.js";

/** `Calibration` on the page. */
export class Calibration extends PanelView {
  protected makePanel(host: HTMLElement, state: ViewState): Panel {
    return new CalibrationPanel(host, state);
  }
}
