import { CakelabError, EngineError } from "../errors.js";
import { hasNode, nodeModule } from "../host/node.js";
import { isEndlessHeap } from "./endless-heap.js";
import { damagedHeap } from "./explain.js";
import type { LibraryModule, LibraryStream } from "./library-types.js";

/** What a call of the library left behind besides its result. */
export interface CallReport<T> {
  /** `undefined` where h5wasm threw. */
  readonly result: T | undefined;
  /** What h5wasm threw, a sentence that says little. */
  readonly thrown: Error | undefined;
  /** HDF5's own account of its errors; empty where there were none. */
  readonly diagnostics: string;
  /** Writes that the system refused. */
  readonly failedWrites: readonly Error[];
  /** Files that HDF5 wanted to open and was not let. */
  readonly refused: readonly string[];
  /** Files that HDF5 wanted to open and could not. */
  readonly missing: readonly string[];
}

/** A call trapped, or ran out of memory: the library was given up, and its files with it. */
export class LibraryCrash extends CakelabError {
  readonly tag = "hdf5-crash";
}

/**
 * h5wasm, watched: HDF5 tells of most failures nowhere but on its standard error, and opens every
 * file that a file names.
 */
export interface Hdf5Library {
  readonly module: LibraryModule;
  /** False once a call has trapped: nothing it says after that can be relied on. */
  readonly isAlive: boolean;
  /**
   * Runs one call.
   *
   * @param mayOpen whether HDF5 may open a file by this path meanwhile
   * @param onRead may change what was read, before HDF5 sees it
   * @throws LibraryCrash, after which the library is not to be used again
   */
  call<T>(
    mayOpen: (path: string) => boolean,
    run: () => T,
    onRead?: (bytes: Uint8Array) => void,
  ): CallReport<T>;
}

let current: Promise<Hdf5Library> | undefined;

/**
 * The library, loaded at the first call (60 ms), and anew after a crash.
 *
 * @throws EngineError where it cannot be loaded.
 */
export async function hdf5Library(): Promise<Hdf5Library> {
  const library = await current?.catch(() => undefined);
  if (library?.isAlive) return library;
  current = loadLibrary();
  return current;
}

async function loadLibrary(): Promise<Hdf5Library> {
  try {
    return watched(hasNode() ? await loadInNode() : await loadInBrowser());
  } catch (cause) {
    throw new EngineError("hdf5", "h5wasm could not be loaded; run npm ci", { cause });
  }
}

type Factory = (options: {
  readonly noInitialRun: boolean;
  readonly printErr: (text: string) => void;
}) => Promise<LibraryModule>;

/** The module alone, without h5wasm's classes: they drop what HDF5 returns. */
async function loadInNode(): Promise<LibraryModule> {
  const { createRequire } = nodeModule("node:module");
  const { dirname, join } = nodeModule("node:path");
  const { pathToFileURL } = nodeModule("node:url");
  const folders = createRequire(import.meta.url).resolve.paths("h5wasm") ?? [];
  const home = packageFolder(folders, "h5wasm");
  const url = pathToFileURL(join(home, "dist/node/hdf5_util.js"));
  const { default: factory } = (await import(
    /* webpackIgnore: true */ /* @vite-ignore */ url.href
  )) as { default: Factory };
  const module = await factory({ noInitialRun: true, printErr: () => {} });
  const plugins = packageFolder([dirname(home), ...folders], "h5wasm-plugins");
  module.insert_plugin_search_path(join(plugins, "plugins"), 0);
  return module;
}

function packageFolder(folders: readonly string[], name: string): string {
  const { join } = nodeModule("node:path");
  const { existsSync } = nodeModule("node:fs");
  const found = folders.map((folder) => join(folder, name)).find((folder) => existsSync(folder));
  if (found === undefined) throw new Error(`${name} is not installed`);
  return found;
}

async function loadInBrowser(): Promise<LibraryModule> {
  const { ready } = await import("h5wasm");
  return (await ready) as unknown as LibraryModule;
}

const EMPTY = { result: undefined, thrown: undefined };
const PLUGIN = /h5wasm-plugins[/\\]plugins/;
/** Emscripten's ENOENT. */
const NO_ENTRY = 44;
/** Emscripten's EIO. */
const INPUT_OUTPUT = 29;
/** Emscripten's O_DIRECTORY. */
const DIRECTORY = 0o200000;

function isFolder(flags: number | string): boolean {
  return typeof flags === "number" && (flags & DIRECTORY) !== 0;
}

function watched(module: LibraryModule): Hdf5Library {
  const { FS } = module;
  const decoder = new TextDecoder();
  let printed = "";
  let failedWrites: Error[] = [];
  let refused: string[] = [];
  let missing: string[] = [];
  let mayOpen: (path: string) => boolean = () => false;
  let onRead: ((bytes: Uint8Array) => void) | undefined;

  const { open, read, write } = FS;
  FS.read = (stream, buffer, offset, length, position) => {
    const bytes = read(stream, buffer, offset, length, position);
    const came = new Uint8Array(buffer.buffer, buffer.byteOffset + offset, bytes);
    onRead?.(came);
    if (isEndlessHeap(came)) {
      printed += `#000: in read(): ${damagedHeap}\n`;
      throw new FS.ErrnoError(INPUT_OUTPUT);
    }
    return bytes;
  };
  // Data are written before what leads to them: nothing more is to follow a write that failed, so that
  // what was flushed before can still be read.
  const failed = new WeakMap<LibraryStream, Error>();
  FS.write = (stream, buffer, offset, length, position) => {
    if (stream.fd === 1 || stream.fd === 2) {
      printed += decoder.decode(buffer.slice(offset, offset + length));
      return length;
    }
    const before = failed.get(stream);
    if (before !== undefined) throw before;
    try {
      const written = write(stream, buffer, offset, length, position);
      if (written < length) failedWrites.push(new Error("the disk took a part of a write only"));
      return written;
    } catch (error) {
      failed.set(stream, error as Error);
      failedWrites.push(error as Error);
      throw error;
    }
  };
  FS.open = (path, flags, mode) => {
    // Folders are opened to look for plugins, and plugins are this package's own.
    const isPlugin = isFolder(flags) || PLUGIN.test(path);
    if (!isPlugin && !mayOpen(path)) {
      refused.push(path);
      throw new FS.ErrnoError(NO_ENTRY);
    }
    try {
      return open(path, flags, mode);
    } catch (error) {
      if (!isPlugin) missing.push(path);
      throw error;
    }
  };

  const library = {
    module,
    isAlive: true,
    call<T>(
      allowed: (path: string) => boolean,
      run: () => T,
      change?: (bytes: Uint8Array) => void,
    ): CallReport<T> {
      printed = "";
      failedWrites = [];
      refused = [];
      missing = [];
      mayOpen = allowed;
      onRead = change;
      try {
        const result = run();
        return { ...EMPTY, result, diagnostics: printed, failedWrites, refused, missing };
      } catch (error) {
        if (error instanceof CakelabError) throw error;
        if (!isCrash(error)) {
          const thrown = error as Error;
          return { ...EMPTY, thrown, diagnostics: printed, failedWrites, refused, missing };
        }
        library.isAlive = false;
        for (const stream of FS.streams) if (stream && stream.fd > 2) closeQuietly(module, stream);
        throw new LibraryCrash(`HDF5's library failed (${String(error)})`, { cause: error });
      } finally {
        mayOpen = () => false;
        onRead = undefined;
      }
    },
  };
  return library;
}

/** What h5wasm throws itself is a plain Error; a trap, or the end of memory, is not. */
function isCrash(error: unknown): boolean {
  return !(error instanceof Error) || error.constructor !== Error;
}

function closeQuietly(module: LibraryModule, stream: { readonly fd: number }): void {
  try {
    module.FS.close(stream);
  } catch {
    // The system has closed it already.
  }
}
