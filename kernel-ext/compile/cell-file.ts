import type * as TypeScript from "@tslab/typescript-for-tslab";
import type { Compiler } from "./load-compiler.js";
import type { Resolve } from "./package-resolver.js";

interface ResolvedModules {
  set(name: string, mode: undefined, value: { resolvedModule: Resolved }): void;
  forEach(visit: (value: { resolvedModule: Resolved }) => void): void;
}

type Resolved = TypeScript.ResolvedModuleFull | undefined;

/** What a program adds to the files that it is made of. */
interface ProgramFile extends TypeScript.SourceFile {
  path: string;
  resolvedPath: string;
  originalFileName: string;
  imports?: readonly TypeScript.StringLiteralLike[];
  moduleAugmentations: readonly unknown[];
  ambientModuleNames: readonly string[];
  resolvedModules?: ResolvedModules;
}

interface Internals {
  createModeAwareCache(): ResolvedModules;
  bindSourceFile(file: TypeScript.SourceFile, options: TypeScript.CompilerOptions): void;
}

/** A cell, or the declarations of the cells before, as a file for a program that was made before it. */
export class CellFile {
  readonly file: TypeScript.SourceFile;
  readonly #ts: Compiler;
  readonly #options: TypeScript.CompilerOptions;

  /** @param name of its own for each file, because checkers know files by their names. */
  constructor(ts: Compiler, name: string, text: string, options: TypeScript.CompilerOptions) {
    this.#ts = ts;
    this.#options = options;
    const file = ts.createSourceFile(name, text, options.target ?? ts.ScriptTarget.Latest);
    Object.assign(file, { path: name, resolvedPath: name, originalFileName: name });
    this.file = file;
  }

  /** Whether it changes nothing for other files. */
  get isPlain(): boolean {
    const { statements, referencedFiles, typeReferenceDirectives, libReferenceDirectives } =
      this.file;
    const references = [referencedFiles, typeReferenceDirectives, libReferenceDirectives];
    return (
      references.every(({ length }) => length === 0) &&
      !statements.some(
        (one) =>
          this.#ts.isModuleDeclaration(one) &&
          (this.#ts.isStringLiteral(one.name) ||
            (one.flags & this.#ts.NodeFlags.GlobalAugmentation) !== 0),
      )
    );
  }

  /** Makes its names known. */
  bind(): void {
    (this.#ts as unknown as Internals).bindSourceFile(this.file, this.#options);
  }

  /** @returns the files that it imports, where they are found. */
  imports(resolve: Resolve): string[] {
    const file = this.file as ProgramFile;
    if (file.imports === undefined) this.#resolve(file, resolve);
    const paths: string[] = [];
    file.resolvedModules?.forEach(({ resolvedModule }) => {
      if (resolvedModule !== undefined) paths.push(resolvedModule.resolvedFileName);
    });
    return paths;
  }

  #resolve(file: ProgramFile, resolve: Resolve): void {
    const imports = specifiers(this.#ts, file);
    const resolvedModules = (this.#ts as unknown as Internals).createModeAwareCache();
    for (const { text } of imports) {
      const resolvedModule = resolve(text, file.fileName, this.#options);
      resolvedModules.set(text, undefined, { resolvedModule });
    }
    Object.assign(file, {
      imports,
      resolvedModules,
      moduleAugmentations: [],
      ambientModuleNames: [],
    });
  }
}

function specifiers(ts: Compiler, file: TypeScript.SourceFile): TypeScript.StringLiteralLike[] {
  const found: TypeScript.StringLiteralLike[] = [];
  const add = (node: TypeScript.Node | undefined): void => {
    if (node !== undefined && ts.isStringLiteralLike(node)) found.push(node);
  };
  const visit = (node: TypeScript.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) add(node.moduleSpecifier);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(node.argument.literal);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0]);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}
