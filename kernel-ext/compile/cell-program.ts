import type * as TypeScript from "@tslab/typescript-for-tslab";
import type { Compiler } from "./load-compiler.js";
import type { SourceFiles } from "./source-files.js";

/** What tslab's converter gives to `createWatchProgram`, and what it sets on it. */
export interface WatchHost {
  roots: readonly string[];
  options: TypeScript.CompilerOptions;
  sys: TypeScript.System;
  afterProgramCreate?(builder: CellBuilder): void;
}

/** The part of a builder program that tslab's converter uses. */
export interface CellBuilder {
  getProgram(): TypeScript.Program;
  getSourceFile(path: string): TypeScript.SourceFile | undefined;
  getAllDependencies(file: TypeScript.SourceFile): string[];
  emit(
    file: TypeScript.SourceFile,
    write: TypeScript.WriteFileCallback,
    ...rest: [TypeScript.CancellationToken?, boolean?, TypeScript.CustomTransformers?]
  ): TypeScript.EmitResult;
}

/** What a notebook's program knows besides the cell. */
export interface CellProgramSettings {
  files: SourceFiles;
  /** Files that exist only here, by path. */
  virtual: ReadonlyMap<string, string>;
  /** Asked for each program, because it may change. */
  options(): TypeScript.CompilerOptions;
  /** Told of each file that is made of the cell. */
  onEmit(path: string, text: string): void;
}

/**
 * Stands in for the compiler's watch program, which checks the whole program's state for a single
 * changed file: a program is made only when it is asked for, and shares all but the cell with the one
 * before.
 */
export function createCellProgram(
  ts: Compiler,
  host: WatchHost,
  { files, virtual, options, onEmit }: CellProgramSettings,
): { close(): void; updateRootFileNames(names: string[]): void } {
  const { sys } = host;
  let roots = host.roots;
  let last: TypeScript.Program | undefined;
  let timer: unknown;
  const changing = new Set(host.roots);
  const resolve = packageResolver(ts, sys);

  const build = (): void => {
    timer = undefined;
    const current = options();
    const cells = new Map<string, TypeScript.SourceFile>();
    let program: TypeScript.Program | undefined;

    const cellFile = (path: string): TypeScript.SourceFile | undefined => {
      if (!changing.has(path) && !virtual.has(path) && ts.sys.fileExists(path)) return undefined;
      const known = cells.get(path);
      if (known !== undefined) return known;
      const text = virtual.get(path) ?? sys.readFile(path);
      if (text === undefined) return undefined;
      const target = current.target ?? ts.ScriptTarget.Latest;
      const file = ts.createSourceFile(path, text, target);
      cells.set(path, file);
      return file;
    };
    const getProgram = (): TypeScript.Program => {
      if (program !== undefined) return program;
      const create = ts as unknown as {
        createCompilerHostWorker(
          options: TypeScript.CompilerOptions,
          setParentNodes: boolean,
          system: TypeScript.System,
        ): TypeScript.CompilerHost;
      };
      const compilerHost: TypeScript.CompilerHost = {
        ...create.createCompilerHostWorker(current, false, sys),
        getSourceFile: (path, options) =>
          cellFile(path) ?? files.get(path, options as TypeScript.CreateSourceFileOptions),
        resolveModuleNameLiterals: (literals, from, _redirected, given) =>
          literals.map(({ text }) => ({ resolvedModule: resolve(text, from, given) })),
      };
      const rootNames = [...roots, ...virtual.keys()];
      program = ts.createProgram(rootNames, current, compilerHost, last);
      last = program;
      return program;
    };

    host.afterProgramCreate?.({
      getProgram,
      getSourceFile(path) {
        const file = changing.has(path) ? cellFile(path) : getProgram().getSourceFile(path);
        // tslab asks the first of two programs only for the names that the cell declares.
        if (file !== undefined && program === undefined) bind(ts, file, current);
        return file;
      },
      // Modules are loaded when the cell runs, so that tslab has only the cell to emit.
      getAllDependencies: (file) => [file.fileName],
      emit: (file, write, ...rest) => {
        const writeAndTell: TypeScript.WriteFileCallback = (path, text, ...more) => {
          onEmit(path, text);
          write(path, text, ...more);
        };
        return getProgram().emit(file, writeAndTell, ...rest);
      },
    });
  };

  const schedule = (): void => {
    if (timer !== undefined) sys.clearTimeout?.(timer);
    timer = sys.setTimeout?.(build, 0);
  };
  for (const path of changing) sys.watchFile?.(path, schedule);
  build();
  return {
    close: () => undefined,
    updateRootFileNames(names) {
      roots = names;
      schedule();
    },
  };
}

function bind(
  ts: Compiler,
  file: TypeScript.SourceFile,
  options: TypeScript.CompilerOptions,
): void {
  const binder = ts as unknown as {
    bindSourceFile(file: TypeScript.SourceFile, options: TypeScript.CompilerOptions): void;
  };
  binder.bindSourceFile(file, options);
}

type Resolved = TypeScript.ResolvedModuleFull | undefined;

/** Finds packages once; files of the notebook each time, since they come and go. */
function packageResolver(
  ts: Compiler,
  sys: TypeScript.System,
): (name: string, from: string, options: TypeScript.CompilerOptions) => Resolved {
  const found = new Map<string, Resolved>();
  return (name, from, options) => {
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
