import { PanelView } from "../jupyter/panel-view.js";
import type { Panel, ViewState } from "../view-state.js";
import { ImagePanel } from "./image-panel.js";

/** `ImageView` on the page. */
export class ImageView extends PanelView {
  protected makePanel(host: HTMLElement, state: ViewState): Panel {
    return new ImagePanel(host, state);
  }
}
