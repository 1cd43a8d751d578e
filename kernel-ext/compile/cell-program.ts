import type * as TypeScript from "@tslab/typescript-for-tslab";
import { CellFile } from "./cell-file.js";
import type { Compiler } from "./load-compiler.js";
import { packageResolver } from "./package-resolver.js";
import type { SourceFiles } from "./source-files.js";

/** What tslab's converter gives to `createWatchProgram`, and what it sets on it. */
export interface WatchHost {
  /** The file of the cell, and the declarations of the cells before. */
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
  /** Asked for each cell, because it may change. */
  options(): TypeScript.CompilerOptions;
  /** Told of each file that is made of the cell. */
  onEmit(path: string, text: string): void;
}

interface Base {
  program: TypeScript.Program;
  options: TypeScript.CompilerOptions;
  /** How many more cells it may check. */
  left: number;
  /** Files that cells import, but programs do not hold: JavaScript without declarations. */
  without: ReadonlySet<string>;
}

/** How many cells are checked by one program: what it has learned of them, it does not forget. */
const CELLS_OF_PROGRAM = 200;

/**
 * Stands in for the compiler's watch program, which makes a new program, and with it a new checker,
 * twice for each cell. Here, the program of an earlier cell also checks the ones after it, as long as
 * they import nothing that it does not have.
 */
export function createCellProgram(
  ts: Compiler,
  host: WatchHost,
  settings: CellProgramSettings,
): { close(): void; updateRootFileNames(): void } {
  const { sys } = host;
  const { files, options, onEmit } = settings;
  const resolve = packageResolver(ts, sys);
  const { target = ts.ScriptTarget.Latest } = host.options;
  const virtual = new Map(
    [...settings.virtual].map(([path, text]) => [path, ts.createSourceFile(path, text, target)]),
  );
  let base: Base | undefined;
  let count = 0;
  let timer: unknown;

  const createBase = (cells: ReadonlyMap<string, CellFile>): Base => {
    const current = options();
    const create = ts as unknown as {
      createCompilerHostWorker(
        options: TypeScript.CompilerOptions,
        setParentNodes: boolean,
        system: TypeScript.System,
      ): TypeScript.CompilerHost;
    };
    const compilerHost: TypeScript.CompilerHost = {
      ...create.createCompilerHostWorker(current, false, sys),
      getSourceFile: (path, parseOptions) =>
        cells.get(path)?.file ??
        virtual.get(path) ??
        files.get(path, parseOptions as TypeScript.CreateSourceFileOptions),
      directoryExists: rememberingEach((path) => sys.directoryExists(path)),
      resolveModuleNameLiterals: (literals, from, _redirected, given) =>
        literals.map(({ text }) => ({ resolvedModule: resolve(text, from, given) })),
    };
    const roots = [...host.roots, ...virtual.keys()];
    const program = ts.createProgram(roots, current, compilerHost, base?.program);
    return { program, options: current, left: CELLS_OF_PROGRAM, without: new Set() };
  };

  /** Whether the base has all that the cells import, as it is now. */
  const suffices = (cells: readonly CellFile[]): boolean => {
    if (base === undefined || base.options !== options() || base.left-- <= 0) return false;
    const { program, without } = base;
    return (
      cells.every((cell) => cell.isPlain) &&
      program.getSourceFiles().every((file) => files.isCurrent(file)) &&
      cells
        .flatMap((cell) => cell.imports(resolve))
        .every((path) => without.has(path) || program.getSourceFile(path) !== undefined)
    );
  };

  const build = (): void => {
    timer = undefined;
    count += 1;
    const cells = new Map<string, CellFile>();
    for (const path of host.roots) {
      const name = path.replace(/(\.d)?\.ts$/, (extension) => `${count}${extension}`);
      const cell = new CellFile(ts, name, sys.readFile(path) ?? "", options());
      cells.set(path, cell).set(name, cell);
    }
    let program: TypeScript.Program | undefined;

    const getProgram = (): TypeScript.Program => {
      if (program !== undefined) return program;
      const own = host.roots.map((path) => cells.get(path)!);
      if (!suffices(own)) {
        const made = createBase(cells);
        const missing = own
          .flatMap((cell) => cell.imports(resolve))
          .filter((path) => made.program.getSourceFile(path) === undefined);
        base = { ...made, without: new Set(missing) };
        program = made.program;
        return program;
      }
      const { program: checked } = base!;
      program = Object.create(checked, {
        getSourceFile: {
          value: (path: string) => cells.get(path)?.file ?? checked.getSourceFile(path),
        },
      }) as TypeScript.Program;
      return program;
    };

    host.afterProgramCreate?.({
      getProgram,
      getSourceFile(path) {
        const cell = cells.get(path);
        if (cell === undefined) return getProgram().getSourceFile(path);
        // tslab asks the first of two programs only for the names that the cell declares.
        cell.bind();
        return cell.file;
      },
      // Modules are loaded when the cell runs, so that tslab has only the cell to emit.
      getAllDependencies: ({ fileName }) => [fileName],
      emit(file, write, ...rest) {
        const named: TypeScript.WriteFileCallback = (path, text, ...more) => {
          const name = path.replace(/\d+((\.d)?\.\w+(\.map)?)$/, "$1");
          onEmit(name, text);
          write(name, text, ...more);
        };
        return getProgram().emit(file, named, ...rest);
      },
    });
  };

  const schedule = (): void => {
    if (timer !== undefined) sys.clearTimeout?.(timer);
    timer = sys.setTimeout?.(build, 0);
  };
  for (const path of host.roots) sys.watchFile?.(path, schedule);
  build();
  return { close: () => undefined, updateRootFileNames: schedule };
}

/** The compiler asks a thousand times for the same few folders, in search of each library's file. */
function rememberingEach(isThere: (path: string) => boolean): (path: string) => boolean {
  const known = new Map<string, boolean>();
  return (path) => {
    const answer = known.get(path) ?? isThere(path);
    known.set(path, answer);
    return answer;
  };
}
