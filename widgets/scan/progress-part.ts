import type { FailedFrame } from "../../src/scan/scan.js";
import type { ViewState } from "../view-state.js";

/** Failures that are told in words. */
const MOST_TOLD = 20;

/** How far a scan is, and which of its frames have failed. */
export function progressPart(state: ViewState): HTMLElement {
  const element = document.createElement("div");
  element.className = "cakelab-scan-progress";
  const bar = document.createElement("progress");
  bar.setAttribute("aria-label", "frames of the scan");
  const line = document.createElement("span");
  const details = document.createElement("details");
  const summary = document.createElement("summary");
  summary.textContent = "failed frames";
  const list = document.createElement("ul");
  details.append(summary, list);
  element.append(bar, line, details);
  const show = (): void => {
    const [done, all] = [state.get<number>("frames_done"), state.get<number>("frames")];
    const failed = state.get<FailedFrame[]>("failed");
    const words: string[] = [];
    const isRunning = state.get<boolean>("is_running");
    bar.hidden = !isRunning;
    bar.max = Math.max(1, all);
    bar.value = done;
    if (isRunning) words.push(`running: ${done} of ${all} frames`);
    else if (done < all) words.push(`${done} of ${all} frames`);
    if (failed.length > 0) words.push(`${failed.length} failed`);
    line.textContent = words.join(", ");
    details.hidden = failed.length === 0;
    list.replaceChildren(
      ...failed.slice(0, MOST_TOLD).map(({ index, message }) => {
        const item = document.createElement("li");
        item.textContent = `frame ${index}: ${message}`;
        return item;
      }),
    );
  };
  state.onChange(["frames_done", "frames", "is_running", "failed"], show);
  show();
  return element;
}
