import { readFileSync, statSync } from "node:fs";
import { SourceMap, type SourceMapPayload } from "node:module";
import vm from "node:vm";
import type * as TypeScript from "@tslab/typescript-for-tslab";
import type { CellRuntime, Imports } from "./cell-runtime.js";
import { replaceImportKeyword } from "./cell-script.js";
import { addGuards, GUARD_VARIABLES } from "./guards.js";
import type { Compiler } from "./load-compiler.js";
import { TextEdits } from "./text-edits.js";

/** A TypeScript file of the notebook's project, made into a function that fills its exports. */
export interface LocalModule {
  run: (scope: {
    exports: object;
    require: (specifier: string) => unknown;
    runtime: CellRuntime;
    imports: Imports;
  }) => Promise<void>;
  /** What it imports, to be loaded before. */
  imports: string[];
  sourceMap: SourceMap;
}

const HEAD = "(async function (exports, require, $cell, $cell$imports) { 'use strict'; ";

/** @throws SyntaxError of the compiled file. */
export function compileLocalModule(ts: Compiler, path: string): LocalModule {
  const { outputText, sourceMapText } = ts.transpileModule(guarded(ts, path), {
    fileName: path,
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      esModuleInterop: true,
      experimentalDecorators: true,
      jsx: ts.JsxEmit.React,
      sourceMap: true,
    },
  });
  const script = vm.runInThisContext(`${HEAD}${GUARD_VARIABLES} ${outputText}\n})`, {
    filename: path,
  }) as (...args: unknown[]) => Promise<void>;
  return {
    run: ({ exports, require, runtime, imports }) => script(exports, require, runtime, imports),
    imports: required(ts, outputText),
    sourceMap: new SourceMap(JSON.parse(sourceMapText ?? "{}") as SourceMapPayload),
  };
}

/** What changes when the file does. */
export function versionOf(path: string): string {
  const { mtimeMs, size } = statSync(path);
  return `${mtimeMs}-${size}`;
}

function guarded(ts: Compiler, path: string): string {
  const text = readFileSync(path, "utf8");
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const edits = new TextEdits();
  addGuards(ts, source, edits);
  const visit = (node: TypeScript.Node): void => {
    replaceImportKeyword(ts, source, node, (part, by) =>
      edits.replace(text, part.getStart(source), part.end, by),
    );
    ts.forEachChild(node, visit);
  };
  visit(source);
  return edits.apply(text);
}

function required(ts: Compiler, code: string): string[] {
  const found = new Set<string>();
  const visit = (node: TypeScript.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
      const [first] = node.arguments;
      const isRequire = node.expression.text === "require";
      if (isRequire && first !== undefined && ts.isStringLiteral(first)) found.add(first.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("module.js", code, ts.ScriptTarget.ES2022));
  return [...found];
}
