import { readFileSync } from "node:fs";
import { createRequire, isBuiltin, type SourceMap } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import vm from "node:vm";
import type { CellRuntime, Imports } from "./cell-runtime.js";
import type { Compiler } from "./load-compiler.js";
import { compileLocalModule, versionOf } from "./local-module.js";
import { isTypeScript, packageSource, projectFile } from "./module-file.js";

/** A module as `import` gives it, and as `require` does. */
interface Loaded {
  namespace: object;
  exports: unknown;
}

/** A file of the notebook's project that has been loaded. */
interface LoadedFile extends Loaded {
  version: string;
  /** The files of the project that it imports. */
  files: Set<string>;
  done: Promise<void>;
}

export interface ModulesOptions {
  ts: Compiler;
  /** Where cells look for packages. */
  folder: string;
  /** Specifiers that are found elsewhere than by looking from `folder`. */
  urls: ReadonlyMap<string, string>;
  /** What is already there, by specifier. */
  given: ReadonlyMap<string, () => unknown>;
  runtime: () => CellRuntime;
}

type Import = (specifier: string) => Promise<Record<string, unknown>>;

/**
 * The modules of a notebook. Cells and TypeScript files run as scripts, which cannot import while
 * they run; so all that they import is loaded before, by `import()`, which loads any package.
 *
 * A file of the project is loaded again when it, or one that it imports, has changed.
 */
export class Modules {
  readonly #options: ModulesOptions;
  /** By the importing folder and the specifier. */
  readonly #loaded = new Map<string, Loaded>();
  readonly #files = new Map<string, LoadedFile>();
  readonly #importers = new Map<string, Import>();
  /** Of the files that were compiled here, for tracebacks. */
  readonly sourceMaps: Map<string, SourceMap> = new Map();

  constructor(options: ModulesOptions) {
    this.#options = options;
  }

  /** Loads what the next cell imports. */
  async load(specifiers: readonly string[]): Promise<void> {
    for (const specifier of specifiers) await this.#load(specifier, this.#options.folder, []);
  }

  /** The imports of the cells, or of a file of the project. */
  importsOf(file: string): Imports {
    const folder = dirname(file);
    return {
      module: (specifier) => this.#loadedFor(folder, specifier).namespace,
      import: async (specifier) => (await this.#load(String(specifier), folder, [])).namespace,
      meta: {
        url: pathToFileURL(file).href,
        filename: file,
        dirname: folder,
        resolve: (specifier: string) => pathToFileURL(createRequire(file).resolve(specifier)).href,
      } as ImportMeta,
    };
  }

  #loadedFor(folder: string, specifier: string): Loaded {
    const loaded = this.#loaded.get(`${folder}\n${specifier}`);
    if (loaded === undefined) throw new Error(`${specifier} is not loaded`);
    return loaded;
  }

  /** @param importers files that are being loaded and wait for this one. */
  async #load(specifier: string, folder: string, importers: readonly string[]): Promise<Loaded> {
    const loaded = await this.#find(specifier, folder, importers);
    this.#loaded.set(`${folder}\n${specifier}`, loaded);
    return loaded;
  }

  async #find(specifier: string, folder: string, importers: readonly string[]): Promise<Loaded> {
    const { ts, given, urls } = this.#options;
    const known = given.get(specifier);
    if (known !== undefined) return ofCommonJs(known());
    const url = urls.get(specifier);
    if (url !== undefined) return ofNamespace(await this.#importer(folder)(url));
    const file = projectFile(ts, specifier, folder);
    if (file !== undefined) return this.#file(file, importers);
    try {
      return await this.#package(specifier, folder);
    } catch (error) {
      // A package whose code is TypeScript only.
      const source = packageSource(ts, specifier, folder);
      if (source === undefined) throw error;
      return this.#file(source, importers);
    }
  }

  async #package(specifier: string, folder: string): Promise<Loaded> {
    if (specifier.endsWith(".json")) return ofCommonJs(createRequire(join(folder, "x"))(specifier));
    const namespace = await this.#importer(folder)(specifier);
    // Node finds only some names of a CommonJS module by `import()`; `require` has them all.
    return ofCommonJsOf(specifier, folder, namespace) ?? ofNamespace(namespace);
  }

  async #file(path: string, importers: readonly string[]): Promise<Loaded> {
    const importer = importers.at(-1);
    if (importer !== undefined) this.#files.get(importer)?.files.add(path);
    const known = this.#files.get(path);
    if (known !== undefined && this.#isFresh(path, new Set())) {
      // Files that import each other get what there is by then, as in Node.
      if (!importers.includes(path)) await known.done;
      return known;
    }
    const exports: Record<string, unknown> = {};
    const loaded = {
      version: versionOf(path),
      files: new Set<string>(),
      namespace: exports,
      exports,
    };
    const load = isTypeScript(path)
      ? this.#runFile(path, exports, importers)
      : this.#readFile(path);
    const file: LoadedFile = { ...loaded, done: Promise.resolve() };
    file.done = load.then((found) => void Object.assign(file, found));
    this.#files.set(path, file);
    try {
      await file.done;
    } catch (error) {
      this.#files.delete(path);
      throw error;
    }
    return file;
  }

  async #runFile(path: string, exports: object, importers: readonly string[]): Promise<object> {
    // Not before the caller knows of this file, which others may import meanwhile.
    await null;
    const { ts, runtime } = this.#options;
    const folder = dirname(path);
    const module = compileLocalModule(ts, path);
    this.sourceMaps.set(path, module.sourceMap);
    for (const specifier of module.imports) {
      await this.#load(specifier, folder, [...importers, path]);
    }
    const require = (specifier: string): unknown => this.#loadedFor(folder, specifier).exports;
    await module.run({ exports, require, runtime: runtime(), imports: this.importsOf(path) });
    return {};
  }

  async #readFile(path: string): Promise<Loaded> {
    if (path.endsWith(".json")) return ofCommonJs(JSON.parse(readFileSync(path, "utf8")));
    const folder = dirname(path);
    delete createRequire(path).cache[path];
    const url = `${pathToFileURL(path).href}?${versionOf(path)}`;
    const namespace = await this.#importer(folder)(url);
    return ofCommonJsOf(path, folder, namespace) ?? ofNamespace(namespace);
  }

  #isFresh(path: string, seen: Set<string>): boolean {
    if (seen.has(path)) return true;
    seen.add(path);
    const file = this.#files.get(path);
    if (file === undefined || file.version !== versionIfThere(path)) return false;
    return [...file.files].every((one) => this.#isFresh(one, seen));
  }

  /** `import()` as in a file of that folder. */
  #importer(folder: string): Import {
    let importer = this.#importers.get(folder);
    if (importer === undefined) {
      importer = vm.runInThisContext("(specifier) => import(specifier)", {
        filename: join(folder, "__cell__.js"),
        importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
      }) as Import;
      this.#importers.set(folder, importer);
    }
    return importer;
  }
}

function versionIfThere(path: string): string | undefined {
  try {
    return versionOf(path);
  } catch {
    return undefined;
  }
}

function ofNamespace(namespace: Record<string, unknown>): Loaded {
  const exports = Object.defineProperty({}, "__esModule", { value: true });
  for (const name of Object.keys(namespace)) {
    Object.defineProperty(exports, name, { enumerable: true, get: () => namespace[name] });
  }
  return { namespace, exports };
}

/** Of a CommonJS module, as the compiler's `esModuleInterop` has it. */
function ofCommonJs(exports: unknown): Loaded {
  const isObject =
    (typeof exports === "object" && exports !== null) || typeof exports === "function";
  if (isObject && "__esModule" in exports) return { namespace: exports, exports };
  const names = isObject ? Object.getOwnPropertyNames(exports) : [];
  const namespace: Record<string, unknown> = {};
  for (const name of names) {
    if (typeof exports === "function" && ["length", "name", "prototype"].includes(name)) continue;
    Object.defineProperty(namespace, name, {
      enumerable: true,
      get: () => (exports as Record<string, unknown>)[name],
    });
  }
  Object.defineProperty(namespace, "default", { enumerable: true, value: exports });
  return { namespace, exports };
}

function ofCommonJsOf(
  specifier: string,
  folder: string,
  namespace: Record<string, unknown>,
): Loaded | undefined {
  if (isBuiltin(specifier)) return undefined;
  try {
    const require = createRequire(join(folder, "__cell__.js"));
    const cached = require.cache[require.resolve(specifier)];
    if (cached === undefined || cached.exports !== namespace.default) return undefined;
    return ofCommonJs(cached.exports);
  } catch {
    return undefined;
  }
}
