// The rows of the views: in one page of headless Chromium, with software rendering.
import { join } from "node:path";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { measurePairs } from "./pairs.mjs";

/** The tests' own Chromium and its switches. */
async function testBrowser() {
  const entry = join(import.meta.dirname, "../browser/chromium.ts");
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
  });
  return import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
}

/** Runs work in a page that has the bench's views, and closes it. */
async function inPage(work) {
  const { CHROMIUM, CHROMIUM_SWITCHES } = await testBrowser();
  if (CHROMIUM === undefined) throw new Error("no Chromium; CHROMIUM_PATH says where one is");
  const bundle = await build({
    entryPoints: [join(import.meta.dirname, "views-entry.ts")],
    bundle: true,
    write: false,
    format: "iife",
    globalName: "views",
    platform: "browser",
    target: "es2022",
    logLevel: "silent",
  });
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: CHROMIUM_SWITCHES });
  try {
    const page = await browser.newPage({ viewport: { width: 900, height: 800 } });
    await page.addScriptTag({ content: bundle.outputFiles[0].text });
    return await work((name) => () => page.evaluate((which) => globalThis.views[which](), name));
  } finally {
    await browser.close();
  }
}

/** How soon an image is seen, and how soon another level. */
export function viewRows() {
  return [
    {
      section: "views",
      name: "the first picture of 2048² pixels, against plotly's image trace",
      limit: 1.5,
      measure: () =>
        inPage((run) =>
          measurePairs({ ours: run("ourPicture"), theirs: run("plotlyPicture"), pairs: 7 }),
        ),
    },
    {
      section: "views",
      name: "another level of 2048² pixels, against 100 ms",
      limit: 1,
      measure: () =>
        inPage((run) =>
          measurePairs({ ours: run("ourLevel"), theirs: async () => 0.1, pairs: 15 }),
        ),
    },
    {
      section: "views",
      name: "another zoom into 36 profiles of 10 000 points, against 100 ms",
      limit: 1,
      measure: () =>
        inPage((run) => measurePairs({ ours: run("ourZoom"), theirs: async () => 0.1, pairs: 15 })),
    },
    {
      section: "views",
      name: "another radial range of a scan of 41 × 41 points, against 100 ms",
      limit: 1,
      measure: () =>
        inPage((run) => measurePairs({ ours: run("ourMap"), theirs: async () => 0.1, pairs: 15 })),
    },
  ];
}
