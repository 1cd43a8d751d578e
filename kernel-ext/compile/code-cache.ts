import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import vm from "node:vm";

/** A script whose machine code is kept between processes, because compiling it takes long. */
export interface CachedScript {
  script: vm.Script;
  /** Keeps what has been compiled by now, if it was not kept yet. What goes wrong is no matter. */
  save(): void;
}

/**
 * Compiles `source`, with the machine code that a former process has kept for it.
 *
 * @param path of the file that `source` comes from.
 */
export function compileCached(path: string, source: string): CachedScript {
  const folder = cacheFolder();
  const file = join(folder, `${keyOf(path)}.v8`);
  const cachedData = readIfThere(file);
  const script = new vm.Script(source, {
    filename: path,
    ...(cachedData === undefined ? {} : { cachedData }),
  });
  const save = (): void => {
    if (cachedData !== undefined && script.cachedDataRejected === false) return;
    try {
      mkdirSync(folder, { recursive: true });
      replaceFile(file, script.createCachedData());
    } catch {
      // A full or read-only disk: the next start takes longer, and that is all.
    }
  };
  return { script, save };
}

function keyOf(path: string): string {
  const { size, mtimeMs } = statSync(path);
  const parts = [path, size, mtimeMs, process.versions.v8, process.arch, ...process.execArgv];
  return createHash("sha256").update(parts.join("\n")).digest("hex").slice(0, 32);
}

function cacheFolder(): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (process.platform === "win32" && LOCALAPPDATA) return join(LOCALAPPDATA, "cakelab", "cache");
  if (process.platform === "darwin") return join(homedir(), "Library", "Caches", "cakelab");
  return join(XDG_CACHE_HOME || join(homedir(), ".cache"), "cakelab");
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

// Another kernel may read or write the file at the same time.
function replaceFile(path: string, bytes: Uint8Array): void {
  const temporary = `${path}.${process.pid}`;
  try {
    writeFileSync(temporary, bytes);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
