import { isBuiltin } from "node:module";
import type * as TypeScript from "@tslab/typescript-for-tslab";
import type { Compiler } from "./load-compiler.js";

/** The file that a specifier means in a file of that path. */
export type Resolve = (
  name: string,
  from: string,
  options: TypeScript.CompilerOptions,
) => TypeScript.ResolvedModuleFull | undefined;

/**
 * Finds packages once; files of the notebook each time, since they come and go. Node's own modules
 * are declared by name, not by file: to look for their files would take a fifth of a kernel's start.
 */ export function packageResolver(ts: Compiler, sys: TypeScript.System): Resolve {
  const found = new Map<string, TypeScript.ResolvedModuleFull>();
  return (name, from, options) => {
    if (isBuiltin(name)) return undefined;
    const folder = from.slice(0, from.lastIndexOf("/"));
    const key = `${folder}\n${name}`;
    const known = found.get(key);
    if (known !== undefined) return known;
    const { resolvedModule } = ts.resolveModuleName(name, from, options, sys);
    const lasts = !/^[./]/.test(name) || folder.includes("/node_modules/");
    if (lasts && resolvedModule !== undefined) found.set(key, resolvedModule);
    return resolvedModule;
  };
}
