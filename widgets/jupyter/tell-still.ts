import { type Theme, themeOf } from "../plot/theme.js";
import type { ViewState } from "../view-state.js";

/** How long a view rests before its picture is kept. */
const REST = 1500;
const TITLE_HEIGHT = 26;

/**
 * Sends the kernel what a view shows whenever the user has changed that and let it rest: the picture
 * that is seen when the notebook is open without a kernel. Ends when the returned function is called.
 */
export function tellStills(
  view: HTMLElement,
  state: ViewState,
  toCanvas: () => Promise<HTMLCanvasElement>,
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let former: number | undefined;
  const tell = async (): Promise<void> => {
    const { data, width, height } = pixelsOf(await toCanvas(), state.get("title"), themeOf(view));
    const deflated = await deflate(data);
    const fingerprint = fingerprintOf(deflated);
    if (fingerprint === former) return;
    former = fingerprint;
    state.send({ do: "still", width, height }, [deflated]);
  };
  const later = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void tell().catch(() => undefined), REST);
  };
  const events = ["pointerup", "keyup", "change", "wheel"] as const;
  for (const event of events) view.addEventListener(event, later, { passive: true });
  return () => {
    clearTimeout(timer);
    for (const event of events) view.removeEventListener(event, later);
  };
}

/** A picture at the screen's size, its title above it. */
function pixelsOf(picture: HTMLCanvasElement, title: string, { paper, ink }: Theme): ImageData {
  const top = title === "" ? 0 : TITLE_HEIGHT;
  const [width, height] = [picture.width >> 1, (picture.height >> 1) + top];
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d")!;
  context.fillStyle = paper;
  context.fillRect(0, 0, width, height);
  context.drawImage(picture, 0, top, width, height - top);
  context.fillStyle = ink;
  context.font = "600 14px system-ui, sans-serif";
  context.fillText(title, 8, 18, width - 16);
  return context.getImageData(0, 0, width, height);
}

async function deflate(data: Uint8ClampedArray): Promise<ArrayBuffer> {
  const stream = new Blob([data as Uint8ClampedArray<ArrayBuffer>])
    .stream()
    .pipeThrough(new CompressionStream("deflate"));
  return new Response(stream).arrayBuffer();
}

// `crypto.subtle` is there in secure contexts only, which a server on the local network may not be.
function fingerprintOf(bytes: ArrayBuffer): number {
  let sum = bytes.byteLength;
  for (const byte of new Uint8Array(bytes)) sum = (Math.imul(sum, 31) + byte) | 0;
  return sum;
}
