import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, relative } from "node:path";
import type * as TypeScript from "@tslab/typescript-for-tslab";
import type { Complaint } from "../cell-error.js";
import { CELL_GLOBALS } from "./cell-globals.js";
import { createCellProgram, type WatchHost } from "./cell-program.js";
import { currentLibrary } from "./current-library.js";
import type { Compiler } from "./load-compiler.js";
import { readNodeTypes } from "./node-types.js";
import { SourceFiles } from "./source-files.js";

/** The program that holds a notebook's cells, as tslab's converter is to see it. */
export class NotebookProgram {
  /**
   * The compiler for tslab: it makes programs faster, resolves packages as bundlers do, and says what
   * it found to this object. The properties of the compiler itself cannot be set.
   */
  readonly compiler: Compiler;
  /** From what the cell's code was emitted last. */
  sourceMap = "";
  /** About the last cell, and the notebook's files that it imports. */
  complaints: Complaint[] = [];
  /** Where, in tslab's file, the last cell declares what has a type that it cannot name. */
  unnameable: number[] = [];
  readonly #ts: Compiler;
  readonly #files: SourceFiles;
  readonly #folder: string;
  readonly #virtual: ReadonlyMap<string, string>;
  #options: TypeScript.CompilerOptions = {};
  #missing: string[] = [];

  /** @param paths where packages are that are not found from `folder`. */
  constructor(ts: Compiler, folder: string, paths: Record<string, string[]>) {
    this.#ts = ts;
    this.#folder = folder;
    this.#files = new SourceFiles(ts);
    const library = `${folder.replace(/\\/g, "/")}/__library__.d.ts`;
    this.#virtual = new Map([[library, currentLibrary() + CELL_GLOBALS]]);
    const changed: Record<string, unknown> = {
      // The process may have another folder than the notebook.
      sys: Object.create(ts.sys, {
        getCurrentDirectory: { value: () => folder, writable: true },
      }),
      createWatchCompilerHost: (
        roots: string[],
        given: TypeScript.CompilerOptions,
        sys: TypeScript.System,
      ): WatchHost => {
        const tslab = createRequire(import.meta.url)
          .resolve("tslab")
          .replace(/\.js$/, ".d.ts");
        this.#options = {
          ...given,
          ...cellOptions(ts, given),
          paths: { tslab: [tslab], ...paths },
        };
        return { roots, options: this.#options, sys };
      },
      createWatchProgram: (host: WatchHost) =>
        createCellProgram(ts, host, {
          files: this.#files,
          virtual: this.#virtual,
          options: () => this.#options,
          onEmit: (path, text) => {
            if (path.endsWith(".js.map")) this.sourceMap = text;
          },
        }),
      getPreEmitDiagnosticsOfFiles: (
        program: TypeScript.Program,
        [cell]: [TypeScript.SourceFile],
      ) => this.#check(program, cell),
      // Cells stay ES modules; what makes scripts of them is ours.
      transpileModule: (outputText: string) => ({ outputText }),
      getQuickInfoAtPosition: (
        file: TypeScript.SourceFile,
        checker: TypeScript.TypeChecker,
        ...rest: [TypeScript.CancellationToken, number]
      ) => this.#quickInfo(file, checker, ...rest),
    };
    this.compiler = Object.create(
      ts,
      Object.fromEntries(
        Object.entries({ __esModule: true, ...changed }).map(([name, value]) => [name, { value }]),
      ),
    ) as Compiler;
  }

  /**
   * Learns the types of Node. They take most of the time of a kernel's start, and its first cell may
   * do without them.
   *
   * @returns whether there is something new.
   */
  learnNodeTypes(): boolean {
    if (this.#options.types?.includes(NODE)) return false;
    this.#options = this.#withNode();
    return true;
  }

  /** Reads the types of Node step by step, so that less remains to be done when they are learned. */
  readNodeTypes(): Generator<void> {
    return readNodeTypes(this.#ts, this.#files, this.#withNode());
  }

  /**
   * Learns more types, if the last cell may lack them: those of Node, then those of browsers, if it
   * names some of them. These take a quarter of the memory of all types, and few notebooks need them.
   *
   * @returns whether there is something new, so that the cell may compile now.
   */
  learnMissingTypes(): boolean {
    return this.complaints.length > 0 && (this.learnNodeTypes() || this.#learnBrowserTypes());
  }

  #withNode(): TypeScript.CompilerOptions {
    return { ...this.#options, types: [NODE] };
  }

  #learnBrowserTypes(): boolean {
    const lib = this.#options.lib ?? [];
    if (this.#missing.length === 0 || lib.includes(BROWSER[0]!)) return false;
    const path = `${dirname(this.#ts.sys.getExecutingFilePath())}/${BROWSER[0]}`;
    const text = readFileSync(path, "utf8");
    const isDeclared = (name: string): boolean =>
      new RegExp(`^(interface|declare \\w+|type) ${name}\\b`, "m").test(text);
    if (!this.#missing.some(isDeclared)) return false;
    this.#options = { ...this.#options, lib: [...lib, ...BROWSER] };
    return true;
  }

  #check(program: TypeScript.Program, cell: TypeScript.SourceFile): TypeScript.Diagnostic[] {
    const found = [cell, ...sourcesOf(program, cell)].flatMap((file) => {
      const syntactic = program.getSyntacticDiagnostics(file);
      const all = syntactic.length > 0 ? syntactic : program.getSemanticDiagnostics(file);
      return all.filter(({ code }) => code !== NOT_UNDER_ROOT);
    });
    this.complaints = found.map((one) => this.#complaint(one, cell));
    this.#missing = found.flatMap(({ code, messageText }) =>
      UNKNOWN_NAME.has(code) ? [/'(\w+)'/.exec(String(messageText))?.[1] ?? ""] : [],
    );
    this.unnameable =
      found.length > 0 ? [] : program.getDeclarationDiagnostics(cell).map(({ start }) => start);
    return found;
  }

  #complaint({ file, start = 0, messageText }: TypeScript.Diagnostic, cell: unknown): Complaint {
    const message = this.#ts.flattenDiagnosticMessageText(messageText, "\n");
    const { line, character } = file?.getLineAndCharacterOfPosition(start) ?? NOWHERE;
    // Before the cell stands a line of tslab.
    if (file === cell) return { file: "", line, column: character + 1, message };
    const name = file === undefined ? "" : relative(this.#folder, file.fileName);
    return { file: name, line: line + 1, column: character + 1, message };
  }

  #quickInfo(
    file: TypeScript.SourceFile,
    checker: TypeScript.TypeChecker,
    token: TypeScript.CancellationToken,
    position: number,
  ): TypeScript.QuickInfo | undefined {
    const services = this.#ts as unknown as {
      getTouchingPropertyName(file: TypeScript.SourceFile, position: number): TypeScript.Node;
      getQuickInfoAtPosition(
        file: TypeScript.SourceFile,
        checker: TypeScript.TypeChecker,
        token: TypeScript.CancellationToken,
        position: number,
      ): TypeScript.QuickInfo | undefined;
    };
    const symbol = checker.getSymbolAtLocation(services.getTouchingPropertyName(file, position));
    for (const declaration of symbol?.declarations ?? []) this.#files.restoreDocs(declaration);
    return services.getQuickInfoAtPosition(file, checker, token, position);
  }
}

const NODE = "node";

const BROWSER = ["lib.dom.d.ts", "lib.dom.iterable.d.ts"];

const NOWHERE = { line: 0, character: 0 };

/** "File is not under 'rootDir'": nothing is emitted of it. */
const NOT_UNDER_ROOT = 6059;

/** "Cannot find name" and "namespace", with and without a suggestion. */
const UNKNOWN_NAME = new Set([2304, 2318, 2503, 2552, 2584]);

function cellOptions(
  ts: Compiler,
  { typeRoots = [] }: TypeScript.CompilerOptions,
): TypeScript.CompilerOptions {
  // tslab looks for Node's own types beside itself, where npm seldom puts them.
  const tslab = createRequire(import.meta.url).resolve("tslab");
  const nodeTypes = createRequire(tslab).resolve("@types/node/package.json");
  return {
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    allowImportingTsExtensions: true,
    lib: ["lib.es2023.d.ts"],
    typeRoots: [...typeRoots, dirname(dirname(nodeTypes))],
    types: [],
    checkJs: false,
    sourceMap: true,
    // The compiler's own rules for it are right; tslab's take `await (x)` for a call.
    disableTopLevelAwait: false,
  };
}

/** The TypeScript files of the notebook that the cell imports, directly or not. */
function sourcesOf(
  program: TypeScript.Program,
  cell: TypeScript.SourceFile,
): TypeScript.SourceFile[] {
  const found = new Set<TypeScript.SourceFile>();
  const follow = (file: TypeScript.SourceFile): void => {
    const { resolvedModules } = file as unknown as { resolvedModules?: ResolvedModules };
    resolvedModules?.forEach(({ resolvedModule }) => {
      const next = resolvedModule && program.getSourceFile(resolvedModule.resolvedFileName);
      if (next === undefined || found.has(next) || !isOwnSource(next)) return;
      found.add(next);
      follow(next);
    });
  };
  follow(cell);
  return [...found];
}

interface ResolvedModules {
  forEach(visit: (resolved: { resolvedModule?: TypeScript.ResolvedModuleFull }) => void): void;
}

function isOwnSource({ fileName, isDeclarationFile }: TypeScript.SourceFile): boolean {
  return (
    !isDeclarationFile && /\.[mc]?tsx?$/.test(fileName) && !fileName.includes("/node_modules/")
  );
}
