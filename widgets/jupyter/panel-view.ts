import { DOMWidgetView } from "@jupyter-widgets/base";
import type { Panel, ViewState } from "../view-state.js";
import type { ArrayModel } from "./array-model.js";
import { hideStills } from "./stills.js";
import { addStyle } from "./style.js";
import { tellStills } from "./tell-still.js";

/** A view of an `ArrayModel` on the page: its frame, its title, and when it comes and goes. */
export abstract class PanelView extends DOMWidgetView {
  declare model: ArrayModel;
  declare private panel: Panel | undefined;
  declare private ends: (() => void)[];

  protected abstract makePanel(host: HTMLElement, state: ViewState): Panel;

  override render(): void {
    super.render();
    addStyle(document);
    this.ends = [];
    const { el, model } = this;
    el.classList.add("cakelab-view");
    el.setAttribute("role", "group");
    const title = document.createElement("div");
    title.className = "cakelab-title";
    const host = document.createElement("div");
    const name = (): void => {
      title.textContent = model.get("title");
      title.hidden = model.get("title") === "";
      el.setAttribute("aria-label", model.get("description"));
      el.style.maxWidth = `${model.get("width")}px`;
    };
    name();
    this.listenTo(model, "change:title change:description change:width", name);
    const failure = document.createElement("div");
    failure.className = "cakelab-failed";
    failure.setAttribute("role", "alert");
    el.append(title, host, failure);
    // Plots need to know their size: they are made when they have one, and adapt to another.
    let width = 0;
    const observer = new ResizeObserver(() => {
      if (el.clientWidth === width || el.clientWidth === 0) return;
      width = el.clientWidth;
      if (this.panel !== undefined) return this.panel.resize();
      const state = this.state(failure);
      const panel = this.makePanel(host, state);
      this.panel = panel;
      this.ends.push(tellStills(el, state, () => panel.toCanvas()));
    });
    observer.observe(el);
    this.ends.push(() => observer.disconnect());
    void this.displayed.then(() => this.ends.push(hideStills(el)));
    model.ask();
  }

  override remove(): void {
    for (const end of this.ends ?? []) end();
    this.panel?.destroy();
    this.panel = undefined;
    super.remove();
  }

  private state(failure: HTMLElement): ViewState {
    const { model } = this;
    return {
      get: (name) => model.get(name),
      set: (values) => {
        model.set(values);
        model.save_changes();
      },
      onChange: (names, callback) =>
        this.listenTo(model, names.map((name) => `change:${name}`).join(" "), once(callback)),
      get arrays() {
        return model.arrays;
      },
      onArrays: (callback) => this.listenTo(model, "arrays", callback),
      onMessage: (callback) =>
        this.listenTo(model, "msg:custom", (message: object, buffers: DataView[]) =>
          callback(message, buffers),
        ),
      group: model.widget_manager,
      send: (message, buffers = []) => {
        if (model.comm_live) model.send(message as never, undefined, buffers);
      },
      attend: (work) => {
        work.catch((error: unknown) => {
          failure.textContent = `This could not be shown: ${error instanceof Error ? error.message : String(error)}`;
          console.error(error);
        });
      },
    };
  }
}

/** Several traits that change together are one change. */
function once(callback: () => void): () => void {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    queueMicrotask(() => {
      waiting = false;
      callback();
    });
  };
}
