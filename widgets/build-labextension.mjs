// A step of `npm run build`: the browser's side as an extension of JupyterLab, in share/jupyter. The
// builder wants to know JupyterLab's own packages; the one that we share with it stands in their place.
import { spawn } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, relative } from "node:path";

const root = join(import.meta.dirname, "..");
const staging = join(root, "dist", "labextension");
const core = join(staging, "core");
const output = join(root, "share", "jupyter", "labextensions", "cakelab");
const { version, description, license } = JSON.parse(
  await readFile(join(root, "package.json"), "utf8"),
);

/** Webpack's settings beyond the builder's, which reads them from a file. */
const WEBPACK = `const Terser = require("terser-webpack-plugin");
module.exports = {
  performance: { hints: false },
  // plotly.js comes minified; doing so again takes longer than all the rest.
  optimization: { minimizer: [new Terser({ exclude: /plotly/, extractComments: false })] },
};
`;

async function write(folder, name, content) {
  await mkdir(folder, { recursive: true });
  const text = typeof content === "string" ? content : `${JSON.stringify(content, null, 2)}\n`;
  await writeFile(join(folder, name), text);
}

await write(core, "package.json", { dependencies: {}, jupyterlab: { singletonPackages: [] } });
await write(staging, "webpack.config.js", WEBPACK);
await write(staging, "package.json", {
  name: "cakelab",
  version,
  description,
  license,
  main: "../widgets/index.js",
  dependencies: {},
  jupyterlab: {
    extension: "../widgets/plugin.js",
    outputDir: relative(staging, output),
    webpackConfig: "webpack.config.js",
    sharedPackages: { "@jupyter-widgets/base": { bundled: false, singleton: true } },
  },
});
const builder = createRequire(import.meta.url).resolve(
  "@jupyterlab/builder/lib/build-labextension.js",
);
const child = spawn(process.execPath, [builder, "--core-path", core, staging], {
  stdio: ["ignore", "pipe", "inherit"],
});
let said = "";
child.stdout.on("data", (chunk) => {
  said += chunk;
});
const code = await new Promise((resolve) => child.once("close", resolve));
if (code !== 0) {
  process.stderr.write(said);
  process.exit(1);
}
