/** The part of plotly.js that the views use. */
declare module "plotly.js" {
  export interface PlotAxis {
    range: [number, number];
    /** From the figure's left or top edge, and how long, in pixels. */
    _offset: number;
    _length: number;
  }

  /** The element that plotly draws in. */
  export interface PlotElement extends HTMLElement {
    readonly _fullLayout: { readonly xaxis: PlotAxis; readonly yaxis: PlotAxis };
    readonly layout: Record<string, unknown>;
    on(event: string, listener: (event: Record<string, unknown>) => void): void;
  }

  export type Trace = Record<string, unknown>;
  export type Layout = Record<string, unknown>;

  export interface Plotly {
    react(
      element: HTMLElement,
      traces: Trace[],
      layout: Layout,
      config: object,
    ): Promise<PlotElement>;
    relayout(element: HTMLElement, changes: Layout): Promise<PlotElement>;
    restyle(element: HTMLElement, changes: object, traces?: number[]): Promise<PlotElement>;
    toImage(element: HTMLElement, options: object): Promise<string>;
    purge(element: HTMLElement): void;
  }

  const plotly: Plotly;
  export default plotly;
}
