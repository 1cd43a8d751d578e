import { hasNode, nodeModule } from "../host/node.js";

/**
 * The folders whose files a file may name: its own (as it was given, and where links lead to) and
 * those that the caller trusts.
 */
export function dataFolders(path: string, trusted: readonly string[]): string[] {
  if (!hasNode()) return [];
  const { dirname, resolve } = nodeModule("node:path");
  const own = [dirname(resolve(path)), dirname(realPath(path))];
  return [...new Set([...own.map(realPath), ...trusted.map(realPath)])];
}

/** Whether a path leads into one of the folders, or a folder in them, when its links are followed. */
export function isInFolders(path: string, folders: readonly string[]): boolean {
  if (!hasNode()) return false;
  const { relative, isAbsolute, sep } = nodeModule("node:path");
  const real = realPath(path);
  return folders.some((folder) => {
    const way = relative(folder, real);
    return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
  });
}

/** As `realpath`, also for what is not there: then of the nearest folder that is. */
export function realPath(path: string): string {
  if (!hasNode()) return path;
  const { realpathSync } = nodeModule("node:fs");
  const { basename, dirname, join, resolve } = nodeModule("node:path");
  const absolute = resolve(path);
  try {
    return realpathSync(absolute);
  } catch {
    const above = dirname(absolute);
    return above === absolute ? absolute : join(realPath(above), basename(absolute));
  }
}
