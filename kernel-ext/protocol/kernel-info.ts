import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { version } from "../../src/version.js";
import { PROTOCOL_VERSION } from "../wire/outbox.js";
import type { Content } from "./messages.js";

/** The content of `kernel_info_reply`; the compiler need not be loaded for it. */
export function kernelInfo(): Content {
  const typescript = compilerVersion();
  return {
    status: "ok",
    protocol_version: PROTOCOL_VERSION,
    implementation: "cakelab",
    implementation_version: version,
    language_info: {
      name: "typescript",
      version: typescript,
      mimetype: "text/x-typescript",
      file_extension: ".ts",
      pygments_lexer: "typescript",
      codemirror_mode: { name: "javascript", typescript: true },
      nbconvert_exporter: "script",
    },
    banner: `CakeLab ${version}: TypeScript ${typescript} on Node ${process.version}`,
    debugger: false,
    help_links: [
      { text: "TypeScript", url: "https://www.typescriptlang.org/docs/" },
      { text: "Node", url: "https://nodejs.org/docs/latest-v20.x/api/" },
    ],
  };
}

function compilerVersion(): string {
  const require = createRequire(import.meta.url);
  const manifest = require.resolve("@tslab/typescript-for-tslab/package.json");
  return (JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version;
}
