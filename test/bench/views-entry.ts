// What the bench runs in a page: an image with our view, and with plotly's own image trace.
import { paintImage } from "../../src/figure/paint.js";
import type { ViewArrays } from "../../src/widget-messages.js";
import { ImagePanel } from "../../widgets/image/image-panel.js";
import { addStyle } from "../../widgets/jupyter/style.js";
import { loadPlotly } from "../../widgets/plot/load-plotly.js";
import type { ViewState } from "../../widgets/view-state.js";

const SIZE = 2048;

/** Rings with noise, whole numbers. */
export const image: { data: Uint16Array; shape: [number, number] } = {
  data: Uint16Array.from({ length: SIZE * SIZE }, (_, i) => {
    const radius = Math.hypot((i % SIZE) - 1000, Math.floor(i / SIZE) - 1040);
    return 40 + 400 * Math.cos(radius / 9) ** 20 + ((i * 7919) % 23);
  }),
  shape: [SIZE, SIZE],
};

interface Waiting {
  readonly names: readonly string[];
  readonly callback: () => void;
}

/** A view's state without a kernel. */
class PageState implements ViewState {
  readonly arrays: ViewArrays = { image };
  readonly group: unknown = this;
  readonly #values: Record<string, unknown> = {
    ...{ title: "", width: 640, height: 520, scale: "log", colormap: "viridis", limits: null },
    ...{ percentiles: [0.5, 99.8], reduce: "mean", poni: null, rings: [], sectors: null },
    ...{ regions: [], picked: null },
  };
  readonly #waiting: Waiting[] = [];

  get<T>(name: string): T {
    return this.#values[name] as T;
  }
  set(values: Readonly<Record<string, unknown>>): void {
    Object.assign(this.#values, values);
    for (const { names, callback } of this.#waiting) {
      if (names.some((name) => name in values)) callback();
    }
  }
  onChange(names: readonly string[], callback: () => void): void {
    this.#waiting.push({ names, callback });
  }
  onArrays(): void {}
  onMessage(): void {}
  send(): void {}
}

function place(): HTMLElement {
  addStyle(document);
  const host = document.createElement("div");
  host.style.cssText = "position:relative;width:640px;height:600px";
  document.body.replaceChildren(host);
  return host;
}

/** Two frames: the first begins with the picture in place, the second when it is on the screen. */
function seen(): Promise<void> {
  return new Promise((end) => requestAnimationFrame(() => requestAnimationFrame(() => end())));
}

let state = new PageState();
let panel: ImagePanel | undefined;

/** Seconds to our first picture; axes and colour bar stand around it. */
export async function ourPicture(): Promise<number> {
  panel?.destroy();
  const host = place();
  state = new PageState();
  const start = performance.now();
  panel = new ImagePanel(host, state);
  while (host.querySelector<HTMLCanvasElement>("canvas")!.style.width === "") await seen();
  await seen();
  return (performance.now() - start) / 1000;
}

/** Seconds to the same picture as an image trace of plotly's, coloured by us. */
export async function plotlyPicture(): Promise<number> {
  panel?.destroy();
  panel = undefined;
  const host = place();
  const plotly = await loadPlotly();
  const start = performance.now();
  const { data, shape } = paintImage(image, { scale: "log" });
  const canvas = new OffscreenCanvas(shape[1], shape[0]);
  const pixels = new ImageData(shape[1], shape[0]);
  pixels.data.set(data);
  canvas.getContext("2d")!.putImageData(pixels, 0, 0);
  const source = await dataUrl(await canvas.convertToBlob());
  await plotly.react(host, [{ type: "image", source }], { width: 640, height: 600 }, {});
  await seen();
  const taken = (performance.now() - start) / 1000;
  plotly.purge(host);
  return taken;
}

let high = 400;

/** Seconds from another level to its picture. */
export async function ourLevel(): Promise<number> {
  if (panel === undefined) await ourPicture();
  high += 7;
  const start = performance.now();
  state.set({ limits: [40, high] });
  await seen();
  return (performance.now() - start) / 1000;
}

function dataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.readAsDataURL(blob);
  });
}
