import type { Plotly } from "plotly.js";

/** plotly.js, which the page loads with the first view and only once. */
export async function loadPlotly(): Promise<Plotly> {
  return (await import(/* webpackChunkName: "plotly" */ "plotly.js")).default;
}

/** What all plots are told: no request leaves the page, and nothing is offered that would send data. */
export const PLOT_CONFIG = {
  displaylogo: false,
  showSendToCloud: false,
  showLink: false,
  plotlyServerURL: "",
  responsive: false,
  scrollZoom: false,
  doubleClick: "reset",
} as const;
