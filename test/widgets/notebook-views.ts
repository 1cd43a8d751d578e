import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium, type Download, type Locator, type Page } from "playwright-core";
import { CHROMIUM, CHROMIUM_SWITCHES } from "../browser/chromium.js";
import {
  type Application,
  hasApplication,
  type JupyterServer,
  startJupyter,
  writeNotebook,
} from "../kernel-ext/browser/jupyter-server.js";
import { type NotebookPage, openNotebook } from "../kernel-ext/browser/notebook-page.js";
import { hasJupyter, temporaryFolder } from "../kernel-ext/run-cells.js";

/** Whether views can be tested in a real JupyterLab on this machine. */
export const canShowViews: boolean = hasJupyter && CHROMIUM !== undefined && hasApplication("lab");

/** Where screenshots go, if they are wanted. */
const SCREENSHOTS = process.env.CAKELAB_SCREENSHOTS;

/** A notebook with views in JupyterLab. */
export interface ViewsNotebook extends NotebookPage {
  /** The n-th view on the page, from 0. */
  view(n: number): Locator;
  /** Saves a picture of the page, where they are wanted. */
  picture(name: string): Promise<void>;
  /** Saves a download beside the pictures, where they are wanted. */
  keep(file: Download, name: string): Promise<void>;
  close(): Promise<void>;
}

/** Opens a notebook of cells in JupyterLab, or in Notebook 7, and runs them all. */
export async function openViews(
  cells: readonly string[],
  application: Application = "lab",
): Promise<ViewsNotebook> {
  const [folder, remove] = temporaryFolder({});
  let server: JupyterServer | undefined;
  let browser: Browser | undefined;
  const close = async (): Promise<void> => {
    await browser?.close();
    await server?.stop();
    remove();
  };
  try {
    writeNotebook(join(folder, "views.ipynb"), cells);
    server = await startJupyter(application, folder);
    browser = await chromium.launch({ executablePath: CHROMIUM!, args: CHROMIUM_SWITCHES });
    const notebook = await openNotebook(browser, application, server.url, "views.ipynb");
    const { page } = notebook;
    // Cells that are out of sight are drawn too.
    await page.setViewportSize({ width: 1100, height: 4000 });
    await notebook.command("notebook:run-all-cells");
    return {
      ...notebook,
      view: (n) => page.locator(".cakelab-view").nth(n),
      picture: async (name) => {
        if (SCREENSHOTS === undefined) return;
        mkdirSync(SCREENSHOTS, { recursive: true });
        await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
      },
      keep: async (file, name) => {
        if (SCREENSHOTS !== undefined) await file.saveAs(join(SCREENSHOTS, name));
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Pixels of a view's canvas. */
export interface CanvasPixels {
  readonly width: number;
  readonly height: number;
  /** Different colours, up to a thousand. */
  readonly colors: number;
  /** Of all its bytes: equal for equal pictures. */
  readonly digest: number;
}

/** What is painted on a canvas. */
export function pixelsOf(canvas: Locator): Promise<CanvasPixels> {
  return canvas.evaluate((element) => {
    const { width, height } = element as HTMLCanvasElement;
    const context = (element as HTMLCanvasElement).getContext("2d")!;
    const pixels = new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
    const colors = new Set<number>();
    let digest = 0;
    for (const pixel of pixels) {
      if (colors.size < 1000) colors.add(pixel);
      digest = (Math.imul(digest, 31) + pixel) | 0;
    }
    return { width, height, colors: colors.size, digest };
  });
}

/** Moves the pointer over a canvas, to parts of its width and height. */
export async function pointAt(page: Page, canvas: Locator, x: number, y: number): Promise<void> {
  await canvas.scrollIntoViewIfNeeded();
  const box = (await canvas.boundingBox())!;
  await page.mouse.move(box.x + x * box.width, box.y + y * box.height);
}

/** The values that a view tells below its plot. */
export function readoutOf(view: Locator): Promise<string> {
  return view.locator(".cakelab-readout").first().innerText();
}
