import { build } from "esbuild";
import type { Browser, Page } from "playwright-core";

const ORIGIN = "http://cakelab.test";

/** WebGL without a GPU: the software renderer of Chromium itself. */
export const SOFTWARE_WEBGL: string[] = [
  "--use-gl=angle",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  "--ignore-gpu-blocklist",
];

/**
 * A page with modules bundled by esbuild: the first one is loaded, the others lie beside it for the
 * workers that it starts. What the first one exports is the page's global `entry`.
 *
 * @param modules paths of TypeScript files.
 */
export async function servedPage(browser: Browser, modules: readonly string[]): Promise<Page> {
  const bundle = await build({
    entryPoints: [...modules],
    bundle: true,
    write: false,
    format: "esm",
    outdir: "/",
    entryNames: "[name]",
    platform: "browser",
    target: "es2022",
  });
  const files = new Map(bundle.outputFiles.map(({ path, text }) => [path.split("/").pop()!, text]));
  const [first] = files.keys();
  const page = await browser.newPage();
  await page.route(`${ORIGIN}/**`, (route) => {
    const name = new URL(route.request().url()).pathname.slice(1);
    const text = files.get(name);
    if (name === "") return route.fulfill({ contentType: "text/html", body: "<!doctype html>" });
    if (text === undefined) return route.fulfill({ status: 404 });
    return route.fulfill({ contentType: "text/javascript", body: text });
  });
  await page.goto(`${ORIGIN}/`);
  await page.addScriptTag({
    type: "module",
    content: `import * as entry from "/${first}"; globalThis.entry = entry;`,
  });
  await page.waitForFunction(() => "entry" in globalThis);
  return page;
}
