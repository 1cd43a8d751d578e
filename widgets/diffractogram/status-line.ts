import type { LiveFrame } from "./frame-feed.js";
import { timeText } from "./time-text.js";

/** What is shown, how fast it comes, and what was lost. */
export interface StatusLine {
  readonly element: HTMLElement;
  show(frame: LiveFrame): void;
  /** Says what has happened, to screen readers too; `failed`: that it is a trouble. */
  tell(text: string, failed: boolean): void;
}

/** Makes the line. */
export function statusLine(): StatusLine {
  const element = document.createElement("div");
  element.className = "cakelab-diffractogram-status";
  // What changes with each frame is not read out.
  const now = document.createElement("span");
  const told = document.createElement("span");
  told.setAttribute("role", "status");
  element.append(now, told);
  return {
    element,
    show: ({ frame, status }) => {
      const { received, shown, dropped, bad, rate } = status;
      const name = frame === null ? "waiting for frames" : frame.name;
      const number = frame === null ? [] : [`number ${frame.number}`, timeText(frame.timestamp)];
      const counts = [`${received} received`, `${shown} integrated`];
      if (dropped > 0) counts.push(`${dropped} passed by`);
      if (bad > 0) counts.push(`${bad} bad`);
      const speed = rate > 0 ? [`${rate < 10 ? rate.toFixed(1) : Math.round(rate)} frames/s`] : [];
      now.textContent = [name, ...number, ...speed, counts.join(", ")].join(" · ");
    },
    tell: (text, failed) => {
      told.textContent = text;
      told.classList.toggle("cakelab-failed", failed);
    },
  };
}
