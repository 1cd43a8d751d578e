import { existsSync } from "node:fs";

const PLACES = [
  process.env.CHROMIUM_PATH,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** The Chromium of this machine, if there is one; `CHROMIUM_PATH` says where else it is. */
export const CHROMIUM: string | undefined = PLACES.find(
  (path) => path !== undefined && path !== "" && existsSync(path),
);

/** Switches for a browser that runs alone, without a screen and without asking the network. */
export const CHROMIUM_SWITCHES: string[] = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** WebGL without a GPU: the software renderer of Chromium itself. */
export const SOFTWARE_WEBGL: string[] = [
  "--use-gl=angle",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  "--ignore-gpu-blocklist",
];
