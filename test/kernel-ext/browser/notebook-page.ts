import type { Browser, ConsoleMessage, Page } from "playwright-core";
import type { Application } from "./jupyter-server.js";

/** The part of a front end's application that the tests use. */
interface JupyterApp {
  started: Promise<void>;
  commands: { execute(name: string, args?: object): Promise<unknown> };
  shell: { currentWidget: { sessionContext?: SessionContext } | null };
}

interface SessionContext {
  ready: Promise<void>;
  session: { kernel: { info: Promise<unknown> } | null } | null;
}

declare global {
  var jupyterapp: JupyterApp;
}

/** A notebook that is open in a browser. */
export interface NotebookPage {
  page: Page;
  /** What the page has complained of since it was open. */
  complaints: string[];
  command(name: string, args?: object): Promise<void>;
  /** Opens it again, and waits for its kernel. */
  reload(): Promise<void>;
}

// JupyterLab asks for files that need not be there, and says so.
const HARMLESS = /status of 404|favicon|Failed to load resource/;

// JupyterLab 4.6 removes its splash screen twice when a page is slow to load.
const SPLASH = /removeChild[^\n]*\n\s+at \S*\/static\/lab\/jlab_core\.[^\n]*$/;

/** Opens a notebook and waits until its kernel is there. */
export async function openNotebook(
  browser: Browser,
  application: Application,
  url: string,
  name: string,
): Promise<NotebookPage> {
  const page = await browser.newPage({ viewport: { width: 1200, height: 1400 } });
  page.setDefaultTimeout(15_000);
  const complaints: string[] = [];
  // Of the application itself, such as Notebook 7.6 has about a setting when it opens any notebook.
  const own = new Set<string>();
  let opened = false;
  const complain = (text: string): void => {
    if (!opened) own.add(text);
    else if (!own.has(text)) complaints.push(text);
  };
  page.on("pageerror", (error) => {
    const text = error.stack ?? String(error);
    if (!SPLASH.test(text)) complain(text);
  });
  page.on("console", (message: ConsoleMessage) => {
    if (message.type() === "error" && !HARMLESS.test(message.text())) complain(message.text());
  });
  const address = application === "lab" ? `${url}lab/tree/${name}` : `${url}notebooks/${name}`;
  const ready = async (): Promise<void> => {
    await page.waitForSelector(".jp-Notebook .jp-CodeCell");
    await page.waitForFunction(async () => {
      const context = globalThis.jupyterapp?.shell.currentWidget?.sessionContext;
      await context?.ready;
      return (await context?.session?.kernel?.info) !== undefined;
    });
  };
  await page.goto(address);
  await ready();
  opened = true;
  return {
    page,
    complaints,
    async command(command, args = {}) {
      await page.evaluate(
        ([what, how]) => globalThis.jupyterapp.commands.execute(what, how).then(() => undefined),
        [command, args] as const,
      );
    },
    async reload() {
      await page.reload();
      await ready();
    },
  };
}
