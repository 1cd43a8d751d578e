// What the bench runs in a page: an image with our view, and with plotly's own image trace.
import { paintImage } from "../../src/figure/paint.js";
import { ImagePanel } from "../../widgets/image/image-panel.js";
import { addStyle } from "../../widgets/jupyter/style.js";
import { LineoutsPanel } from "../../widgets/lines/lineouts-panel.js";
import { type LocalState, localState } from "../../widgets/local-state.js";
import { loadPlotly } from "../../widgets/plot/load-plotly.js";
import { ScanPanel } from "../../widgets/scan/scan-panel.js";

const SIZE = 2048;

/** Rings with noise, whole numbers. */
export const image: { data: Uint16Array; shape: [number, number] } = {
  data: Uint16Array.from({ length: SIZE * SIZE }, (_, i) => {
    const radius = Math.hypot((i % SIZE) - 1000, Math.floor(i / SIZE) - 1040);
    return 40 + 400 * Math.cos(radius / 9) ** 20 + ((i * 7919) % 23);
  }),
  shape: [SIZE, SIZE],
};

const COLORS = { colormap: "viridis", limits: null, percentiles: [0.5, 99.8], reduce: "mean" };

/** The state of a view of the image, without a kernel. */
function imageState(): LocalState {
  const state = localState({
    ...{ title: "", width: 640, height: 520, scale: "log", poni: null, rings: [], sectors: null },
    ...{ ...COLORS, regions: [], picked: null },
  });
  state.show({ image });
  return state;
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

let state = imageState();
let panel: ImagePanel | undefined;

/** Seconds to our first picture; axes and colour bar stand around it. */
export async function ourPicture(): Promise<number> {
  panel?.destroy();
  const host = place();
  state = imageState();
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

const list = (values: Float64Array) => ({ data: values, shape: [values.length] });
const numbers = (count: number, value: (i: number) => number) =>
  list(Float64Array.from({ length: count }, (_, i) => value(i)));

let profiles: LineoutsPanel | undefined;
let low = 2;

/** Seconds from another zoom into 36 profiles of 10 000 points to its picture. */
export async function ourZoom(): Promise<number> {
  if (profiles === undefined) {
    const lines = localState({
      ...{ title: "", width: 640, height: 320, scale: "linear", offset: 20, unit: "2th_deg" },
      ...{ wavelength: null, distance: null, directions: null, marks: [], radial_range: null },
      labels: Array.from({ length: 36 }, (_, i) => `cake ${i + 1}`),
      hidden: [],
    });
    const wave = (k: number) => numbers(10_000, (i) => 100 * Math.sin(i / (9 + k)) ** 8 + (i % 7));
    lines.show({
      x0: numbers(10_000, (i) => 2 + i * 1e-3),
      ...Object.fromEntries(Array.from({ length: 36 }, (_, k) => [`y${k}`, wave(k)])),
    });
    profiles = new LineoutsPanel(place(), lines);
    while (profiles.plot.range === undefined) await seen();
  }
  const { plot } = profiles;
  low += 0.1;
  const start = performance.now();
  const drawn = new Promise<void>((end) => {
    plot.onPlace = end;
  });
  plot.range = { x: [low, low + 5], y: plot.range!.y };
  await drawn;
  await seen();
  return (performance.now() - start) / 1000;
}

let map: { readonly state: LocalState; readonly canvas: HTMLCanvasElement } | undefined;
let from = 2;

/** Seconds from another radial range of a scan of 41 × 41 points to its map. */
export async function ourMap(): Promise<number> {
  if (map === undefined) {
    const [points, bins] = [41 * 41, 500];
    const scan = localState({
      ...{ title: "", width: 900, height: 320, scale: "linear", ...COLORS, unit: "2th_deg" },
      ...{ slow: { name: "sy" }, fast: { name: "sx" }, frames: points, frames_done: points },
      ...{ is_running: false, failed: [], has_frames: false, ranges: [[2, 3]], picked: null },
      ...{ background: null, quantity: "intensity" },
    });
    const data = Float32Array.from(
      { length: points * bins },
      (_, i) => ((i * 7919) % 997) + i / bins,
    );
    scan.show({
      radial: numbers(bins, (i) => 2 + i * 0.02),
      ...{
        slow: numbers(41, (i) => i),
        fast: numbers(41, (i) => i),
        pointer: numbers(points, (i) => i),
      },
      patterns: { data, shape: [points, bins] },
    });
    const host = place();
    new ScanPanel(host, scan);
    map = { state: scan, canvas: host.querySelector("canvas")! };
    while (map.canvas.style.width === "") await seen();
    await seen();
  }
  from += 0.1;
  const former = pixels(map.canvas);
  const start = performance.now();
  map.state.set({ ranges: [[from, from + 0.3]] });
  while (pixels(map.canvas) === former) await seen();
  return (performance.now() - start) / 1000;
}

/** A number that says whether a picture has changed. */
function pixels(canvas: HTMLCanvasElement): number {
  const { width, height } = canvas;
  const { data } = canvas.getContext("2d")!.getImageData(0, 0, width, height);
  return new Uint32Array(data.buffer).reduce((sum, word) => (Math.imul(sum, 31) + word) | 0, 0);
}

function dataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.readAsDataURL(blob);
  });
}
