import { readFileSync, statSync } from "node:fs";
import type * as TypeScript from "@tslab/typescript-for-tslab";
import type { Compiler } from "./load-compiler.js";

type Parse = (text: string) => TypeScript.SourceFile;

interface Parsed {
  file: TypeScript.SourceFile;
  /** Undefined for declarations, which are not expected to change. */
  version: string | undefined;
}

/**
 * The parsed files of a notebook's program. Declarations are parsed once; sources again when they
 * have changed.
 *
 * The doc comments of the language's and Node's own declarations are left out, because they take a
 * third of the time and memory of a kernel's start; `restoreDocs` brings back the few that are asked
 * for.
 */
export class SourceFiles {
  readonly #parsed = new Map<string, Parsed>();
  readonly #ts: Compiler;

  constructor(ts: Compiler) {
    this.#ts = ts;
  }

  /** @returns undefined where there is no such file. */
  get(
    path: string,
    options: TypeScript.CreateSourceFileOptions,
  ): TypeScript.SourceFile | undefined {
    const known = this.#parsed.get(path);
    const isDeclaration = path.endsWith(".d.ts");
    if (known !== undefined && isDeclaration) return known.file;
    try {
      const version = isDeclaration ? undefined : versionOf(path);
      if (known !== undefined && known.version === version) return known.file;
      const file = this.#parse(path, options);
      this.#parsed.set(path, { file, version });
      return file;
    } catch {
      this.#parsed.delete(path);
      return undefined;
    }
  }

  /** Whether a file that was got from here is as it was. */
  isCurrent({ fileName }: TypeScript.SourceFile): boolean {
    const version = this.#parsed.get(fileName)?.version;
    return version === undefined || version === versionIfThere(fileName);
  }

  /** Brings back the doc comments of a declaration and of what it is part of. */
  restoreDocs(declaration: TypeScript.Node): void {
    const { fileName } = declaration.getSourceFile();
    if (!UNDOCUMENTED.test(fileName)) return;
    const text = readFileSync(fileName, "utf8");
    for (let node = declaration; !this.#ts.isSourceFile(node); node = node.parent) {
      restoreDoc(this.#ts, node, text);
    }
  }

  #parse(path: string, options: TypeScript.CreateSourceFileOptions): TypeScript.SourceFile {
    const text = readFileSync(path, "utf8");
    const parse: Parse = (source) => this.#ts.createSourceFile(path, source, options);
    if (!UNDOCUMENTED.test(path)) return parse(text);
    const bare = parse(text.replace(DOC_COMMENT, (comment) => "\n".padEnd(comment.length)));
    // Something that looks like a comment may stand in a string.
    const { parseDiagnostics } = bare as unknown as { parseDiagnostics: readonly unknown[] };
    return parseDiagnostics.length === 0 ? bare : parse(text);
  }
}

const UNDOCUMENTED = /\/(typescript-for-tslab\/lib|@types\/node|undici-types)\/.*\.d\.ts$/;
const DOC_COMMENT = /\/\*\*[\s\S]*?\*\//g;

function versionOf(path: string): string {
  const { mtimeMs, size } = statSync(path);
  return `${mtimeMs} ${size}`;
}

function versionIfThere(path: string): string {
  try {
    return versionOf(path);
  } catch {
    return "";
  }
}

type Documented = TypeScript.Node & { jsDoc?: TypeScript.JSDoc[] };

interface CommentParser {
  getJSDocCommentRanges(node: TypeScript.Node, text: string): TypeScript.CommentRange[] | undefined;
  parseIsolatedJSDocComment(
    text: string,
    start: number,
    length: number,
  ): { jsDoc: TypeScript.JSDoc } | undefined;
  setParentRecursive(node: TypeScript.Node, incremental: boolean): void;
}

function restoreDoc(ts: Compiler, node: Documented, text: string): void {
  if (node.jsDoc !== undefined) return;
  const parser = ts as unknown as CommentParser;
  node.jsDoc = [];
  for (const { pos, end } of parser.getJSDocCommentRanges(node, text) ?? []) {
    const doc = parser.parseIsolatedJSDocComment(text, pos, end - pos)?.jsDoc;
    if (doc === undefined) continue;
    parser.setParentRecursive(doc, false);
    (doc as { parent: TypeScript.Node }).parent = node;
    node.jsDoc.push(doc);
  }
}
