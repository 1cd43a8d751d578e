import { existsSync, statSync } from "node:fs";
import { isBuiltin } from "node:module";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Compiler } from "./load-compiler.js";

/**
 * The file of the notebook's project that a specifier means, which may be a package of a workspace
 * whose code is TypeScript; undefined for what Node is to find and load itself.
 *
 * @param folder of the file that imports.
 */
export function projectFile(ts: Compiler, specifier: string, folder: string): string | undefined {
  if (/^\.{0,2}\//.test(specifier) || /^\.{1,2}$/.test(specifier)) {
    return existingFile(resolve(folder, specifier));
  }
  if (specifier.startsWith("file:")) return existingFile(fileURLToPath(specifier));
  if (isBuiltin(specifier) || /^\w+:/.test(specifier)) return undefined;
  const source = packageSource(ts, specifier, folder);
  return source?.includes("/node_modules/") ? undefined : source;
}

/** The TypeScript file that is the code of a package, where it has no other. */
export function packageSource(ts: Compiler, specifier: string, folder: string): string | undefined {
  const options = { moduleResolution: ts.ModuleResolutionKind.Bundler };
  const { resolvedModule } = ts.resolveModuleName(
    specifier,
    `${folder}/__cell__.ts`,
    options,
    ts.sys,
  );
  if (resolvedModule === undefined || /\.d\.[mc]?ts$/.test(resolvedModule.resolvedFileName)) {
    return undefined;
  }
  return isTypeScript(resolvedModule.resolvedFileName)
    ? resolvedModule.resolvedFileName
    : undefined;
}

/** Whether a file is to be compiled before it runs. */
export function isTypeScript(path: string): boolean {
  return /\.([mc]?ts|tsx)$/.test(path);
}

// As the compiler does: what is imported as `.js` may be a TypeScript file.
function existingFile(path: string): string | undefined {
  const stem = path.replace(/\.([mc]?)jsx?$/, "");
  const kind = /\.([mc])js$/.exec(path)?.[1] ?? "";
  const candidates = [
    path,
    ...(stem === path ? [] : [`${stem}.${kind}ts`, `${stem}.tsx`]),
    ...[".ts", ".tsx", ".js", ".jsx", ".json"].map((extension) => path + extension),
    ...["/index.ts", "/index.tsx", "/index.js"].map((name) => path + name),
  ];
  return candidates.find((name) => existsSync(name) && statSync(name).isFile());
}
