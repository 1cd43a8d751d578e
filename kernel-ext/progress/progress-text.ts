import type { Progress } from "../../src/integrate/options.js";
import { escapeHtml } from "../show/html.js";

/** How far a call is, in words: what, how many of how many, and how long it will take. */
export function progressText({ label, done, total }: Progress, seconds: number): string {
  if (total === undefined) return `${label}: ${done}, ${duration(seconds)} so far`;
  const part = total > 0 ? Math.min(1, done / total) : 1;
  const left = part > 0 ? `${duration((seconds * (1 - part)) / part)} left` : "";
  const percent = `${Math.floor(100 * part)} %`;
  return [`${label}: ${done}/${total}`, percent, left].filter((text) => text !== "").join(", ");
}

/** A bar with these words. */
export function progressHtml(progress: Progress, seconds: number): string {
  const { done, total } = progress;
  const text = escapeHtml(progressText(progress, seconds));
  const extent = total === undefined ? "" : ` value="${done}" max="${Math.max(total, 1)}"`;
  return `<div style="display:flex;align-items:center;gap:8px"><progress${extent} aria-label="${text}" style="width:240px"></progress><span>${text}</span></div>`;
}

function duration(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  return minutes < 60
    ? `${minutes} min ${whole % 60} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
