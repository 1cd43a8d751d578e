import { dirname, join } from "node:path/posix";
import type * as TypeScript from "@tslab/typescript-for-tslab";
import type { Compiler } from "./load-compiler.js";
import type { SourceFiles } from "./source-files.js";

/**
 * Whether a cell may mean something else where Node's types are known, without a complaint where they
 * are not. Most names of Node are complained of; but what is imported may use them, properties that
 * are not there are `any` for `globalThis` and between brackets, and comments silence the compiler.
 */
export function mayUseNodeTypes(code: string): boolean {
  return /\b(import|export|declare|globalThis)\b|\b(Error|Symbol)\s*(\?\.)?\[|@ts-|\/\/\/\s*</.test(
    code,
  );
}

/**
 * Reads the declarations of Node, so that a program that is made later finds them read. Each step
 * takes some milliseconds.
 */
export function* readNodeTypes(
  ts: Compiler,
  files: SourceFiles,
  options: TypeScript.CompilerOptions,
): Generator<void> {
  const internals = ts as unknown as Internals;
  const parseOptions: TypeScript.CreateSourceFileOptions = {
    languageVersion: options.target ?? ts.ScriptTarget.Latest,
    setExternalModuleIndicator: internals.getSetExternalModuleIndicator(options),
  };
  const { resolvedTypeReferenceDirective: found } = ts.resolveTypeReferenceDirective(
    "node",
    undefined,
    options,
    ts.sys,
  );
  const paths = new Set([found?.resolvedFileName ?? ""]);
  for (const path of paths) {
    const file = files.get(path, parseOptions);
    if (file === undefined) continue;
    for (const { fileName } of file.referencedFiles) paths.add(join(dirname(path), fileName));
    yield;
    internals.bindSourceFile(file, options);
    yield;
  }
}

interface Internals {
  getSetExternalModuleIndicator(
    options: TypeScript.CompilerOptions,
  ): (file: TypeScript.SourceFile) => void;
  bindSourceFile(file: TypeScript.SourceFile, options: TypeScript.CompilerOptions): void;
}
