import Module, { createRequire, isBuiltin } from "node:module";
import { join } from "node:path";
import vm from "node:vm";

type Load = (request: string, parent: NodeModule | undefined, isMain: boolean) => unknown;

const loader = Module as unknown as { _load: Load };

/**
 * Gives cells, which tslab compiles to `require`, the modules that only `import()` can load: those
 * whose `exports` map knows no `require`, and those with a top-level await inside.
 *
 * A module is imported before the cell runs, and handed over when the cell asks for it.
 */
export class ModuleServer {
  readonly #modules = new Map<string, unknown>();
  readonly #failures = new Map<string, unknown>();
  readonly #urls: ReadonlyMap<string, string>;
  readonly #import: (specifier: string) => Promise<Record<string, unknown>>;
  readonly #require: NodeJS.Require;

  /**
   * @param folder where cells look for packages.
   * @param urls specifiers that are found elsewhere than by looking from `folder`.
   */
  constructor(folder: string, urls: ReadonlyMap<string, string>) {
    const filename = join(folder, "__cell__.js");
    this.#urls = urls;
    this.#require = createRequire(filename);
    this.#import = vm.runInThisContext("(specifier) => import(specifier)", {
      filename,
      importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    });
  }

  /** Imports packages for the cell that runs next; what fails is thrown where the cell asks for it. */
  async preload(specifiers: Iterable<string>): Promise<void> {
    for (const specifier of specifiers) {
      if (specifier === "tslab" || isBuiltin(specifier) || this.#modules.has(specifier)) continue;
      this.#failures.delete(specifier);
      try {
        const namespace = await this.#import(this.#urls.get(specifier) ?? specifier);
        if (!this.#isCommonJs(specifier, namespace)) {
          this.#modules.set(specifier, asCommonJs(namespace));
        }
      } catch (error) {
        this.#failures.set(specifier, error);
      }
    }
  }

  /** Starts to answer `require`. Packages among themselves are left alone. */
  install(): void {
    const load = loader._load;
    loader._load = (request, parent, isMain) => {
      const ofCell = !/[\\/]node_modules[\\/]/.test(parent?.filename ?? "");
      if (ofCell && this.#modules.has(request)) return this.#modules.get(request);
      try {
        return load.call(Module, request, parent, isMain);
      } catch (error) {
        // `import()` says better than `require` what is wrong with a package made for `import`.
        throw ofCell && this.#failures.has(request) ? this.#failures.get(request) : error;
      }
    };
  }

  // Node finds only some names of a CommonJS module by `import()`; `require` has them all.
  #isCommonJs(specifier: string, namespace: Record<string, unknown>): boolean {
    try {
      const cached = this.#require.cache[this.#require.resolve(specifier)];
      return cached !== undefined && cached.exports === namespace.default;
    } catch {
      return false;
    }
  }
}

function asCommonJs(namespace: Record<string, unknown>): unknown {
  const exports = Object.defineProperty({}, "__esModule", { value: true });
  for (const name of Object.keys(namespace)) {
    Object.defineProperty(exports, name, { enumerable: true, get: () => namespace[name] });
  }
  return exports;
}
