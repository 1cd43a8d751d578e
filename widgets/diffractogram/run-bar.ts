import type { DiffractogramMessageToKernel } from "../../src/diffractogram-messages.js";
import { button, keepKeys, numberField, toggle, toolbar } from "../controls/controls.js";
import type { ViewState } from "../view-state.js";

/** Starts, stops and steps; what is kept in time, and what the main plot shows. */
export function runBar(
  state: ViewState,
  ask: (message: DiffractogramMessageToKernel) => void,
): HTMLElement {
  const run = button("", "", () => ask({ do: state.get("is_running") ? "stop" : "show" }));
  run.className = "cakelab-diffractogram-run";
  const next = button("Next", "Integrates one frame more", () => ask({ do: "next" }));
  const main = document.createElement("select");
  main.setAttribute("aria-label", "main plot");
  main.addEventListener("change", () => state.set({ main_plot: Number(main.value) }));
  keepKeys(main);
  const mainLabel = document.createElement("label");
  mainLabel.append("main plot", main);
  const buffering = toggle("buffering", (checked) =>
    state.set(checked ? { buffering: true } : { buffering: false, collect: false, main_plot: 0 }),
  );
  const size = numberField("rows", (value) =>
    state.set({ buffer_size: Math.max(1, Math.round(value)) }),
  );
  const collect = button("", "", () => state.set({ collect: !state.get<boolean>("collect") }));
  const reset = button("Reset", "Empties the buffers", () => ask({ do: "reset" }));
  const kept = document.createElement("span");
  kept.className = "cakelab-group";
  kept.append(size.element, collect, reset);

  const show = (): void => {
    const isRunning = state.get<boolean>("is_running");
    run.textContent = isRunning ? "Stop" : "Show";
    run.title = isRunning
      ? "Leaves what is seen as it is; frames that come are passed by"
      : "Integrates each frame that comes";
    run.setAttribute("aria-pressed", String(isRunning));
    next.disabled = isRunning || state.get<boolean>("is_ended");
    run.disabled = state.get<boolean>("is_ended");
    const isBuffering = state.get<boolean>("buffering");
    const isCollecting = state.get<boolean>("collect");
    buffering.show(isBuffering);
    kept.hidden = !isBuffering;
    size.show(state.get("buffer_size"));
    collect.textContent = isCollecting ? "Stop collecting" : "Collect";
    collect.title = isCollecting
      ? "Adds no more diffractograms to the buffers"
      : "Adds each diffractogram to the buffer of its range";
    collect.setAttribute("aria-pressed", String(isCollecting));
    const count = state.get<unknown[]>("ranges").length;
    const plots = ["image", ...Array.from({ length: count }, (_, i) => `buffer ${i + 1}`)];
    if (main.options.length !== plots.length) {
      main.replaceChildren(...plots.map((name, i) => new Option(name, String(i))));
    }
    main.value = String(state.get<number>("main_plot"));
    mainLabel.hidden = !isBuffering;
  };
  state.onChange(
    ["is_running", "is_ended", "buffering", "buffer_size", "collect", "ranges", "main_plot"],
    show,
  );
  show();
  return toolbar("Run", run, next, buffering.element, kept, mainLabel);
}
