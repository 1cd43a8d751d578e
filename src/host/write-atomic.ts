import { OutputError } from "../errors.js";
import { nodeModule } from "./node.js";

type FileHandle = import("node:fs/promises").FileHandle;

/** The content of a file: text is written as UTF-8, parts one after the other. */
export type FileContent = string | Uint8Array | readonly (string | Uint8Array)[];

/** A file that is to be written. */
export interface OutputFile {
  readonly path: string;
  readonly data: FileContent;
}

/**
 * Writes a file whole or not at all: into a temporary file beside it, synced to the disk, then
 * renamed over it. Folders that are missing are made; a link is followed; what was there keeps its
 * permissions. A reader, and a second writer of the same path, only ever sees whole files.
 *
 * @throws OutputError naming the path, the cause and the remedy; the old file is then untouched.
 */
export async function writeAtomic(path: string, data: FileContent): Promise<void> {
  await writeTogether([{ path, data }]);
}

/**
 * Writes files that belong together: all of them as `writeAtomic` does, or none.
 *
 * @throws OutputError of the first one that fails; what was there before is then put back.
 */
export async function writeTogether(files: readonly OutputFile[]): Promise<void> {
  // All at a time, because the disk takes as long to sync one file as several.
  const results = await Promise.allSettled(files.map(stage));
  const staged = results.flatMap((result) => (result.status === "fulfilled" ? result.value : []));
  try {
    for (const result of results) {
      if (result.status === "rejected") throw result.reason;
    }
    await commit(staged);
  } finally {
    await Promise.all(staged.map((file) => remove(file.temporary)));
  }
}

interface StagedFile {
  /** As the caller named it. */
  readonly path: string;
  /** Where links lead to. */
  readonly target: string;
  readonly temporary: string;
  readonly exists: boolean;
}

async function stage({ path, data }: OutputFile): Promise<StagedFile> {
  const { dirname, join } = nodeModule("node:path");
  const { open } = nodeModule("node:fs/promises");
  let temporary: string | undefined;
  try {
    const { target, mode } = await existing(path);
    await makeFolder(dirname(target));
    // Not made from the file's own name, which may be as long as a name can be.
    temporary = join(dirname(target), `.cakelab-${nodeModule("node:crypto").randomUUID()}.tmp`);
    const handle = await open(temporary, "wx", 0o666);
    try {
      if (mode !== undefined) {
        await handle.chmod(mode);
      }
      for (const part of parts(data)) {
        await writeWhole(handle, part);
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    return { path, target, temporary, exists: mode !== undefined };
  } catch (error) {
    if (temporary !== undefined) {
      await remove(temporary);
    }
    throw outputError(path, error);
  }
}

async function commit(staged: readonly StagedFile[]): Promise<void> {
  const { rename } = nodeModule("node:fs/promises");
  const { dirname } = nodeModule("node:path");
  const undo: (() => Promise<void>)[] = [];
  const backups: string[] = [];
  try {
    for (const [index, file] of staged.entries()) {
      try {
        // The last rename needs no way back: nothing after it can fail.
        if (index < staged.length - 1) {
          undo.unshift(await wayBack(file, backups));
        }
        await rename(file.temporary, file.target);
      } catch (error) {
        for (const step of undo) {
          await step();
        }
        throw outputError(file.path, error);
      }
    }
  } finally {
    await Promise.all(backups.map(remove));
  }
  for (const folder of new Set(staged.map((file) => dirname(file.target)))) {
    await syncFolder(folder);
  }
}

/** Makes a folder and those above it; Node's own way never ends where a system folder refuses, as /proc. */
export async function makeFolder(folder: string): Promise<void> {
  const { mkdir, stat } = nodeModule("node:fs/promises");
  const { dirname } = nodeModule("node:path");
  const isThere = async (): Promise<boolean> =>
    (await stat(folder).catch(() => undefined))?.isDirectory() === true;
  if (await isThere()) return;
  const above = dirname(folder);
  if (above !== folder) await makeFolder(above);
  try {
    await mkdir(folder);
  } catch (error) {
    // Somebody else may have made it meanwhile.
    if (!(await isThere())) throw error;
  }
}

async function wayBack(file: StagedFile, backups: string[]): Promise<() => Promise<void>> {
  const { copyFile, link, rename } = nodeModule("node:fs/promises");
  if (!file.exists) {
    return () => remove(file.target);
  }
  const backup = `${file.temporary}.old`;
  backups.push(backup);
  // Some network file systems have no hard links.
  await link(file.target, backup).catch(() => copyFile(file.target, backup));
  return () => rename(backup, file.target);
}

/** Where an output goes when links are followed, and the permissions of what is there. */
export async function existing(
  path: string,
): Promise<{ target: string; mode: number | undefined }> {
  const { realpath, stat } = nodeModule("node:fs/promises");
  try {
    const target = await realpath(path);
    const found = await stat(target);
    if (found.isDirectory()) {
      throw Object.assign(new Error("is a folder"), { code: "EISDIR" });
    }
    if (!found.isFile()) {
      throw Object.assign(new Error("is a device or a pipe"), { code: "ENOTFILE" });
    }
    return { target, mode: found.mode & 0o777 };
  } catch (error) {
    if (errorCode(error) === "ENOENT") {
      return { target: path, mode: undefined };
    }
    throw error;
  }
}

function parts(data: FileContent): readonly (string | Uint8Array)[] {
  return typeof data === "string" || data instanceof Uint8Array ? [data] : data;
}

/** In one piece where the system takes it: `writeFile` hands over half a megabyte at a time. */
async function writeWhole(handle: FileHandle, part: string | Uint8Array): Promise<void> {
  const bytes = typeof part === "string" ? new TextEncoder().encode(part) : part;
  for (let done = 0; done < bytes.length; ) {
    // Node refuses more than 2 GiB at once.
    const length = Math.min(bytes.length - done, 2 ** 30);
    done += (await handle.write(bytes, done, length)).bytesWritten;
  }
}

async function remove(path: string): Promise<void> {
  await nodeModule("node:fs/promises").rm(path, { force: true });
}

/** Makes the names in a folder last. */
export async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await nodeModule("node:fs/promises").open(folder, "r");
    await handle.sync().finally(() => handle.close());
  } catch {
    // Windows and some network file systems cannot sync a folder; the file itself is on the disk.
  }
}

function errorCode(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | undefined)?.code;
}

const REMEDIES: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full; free some space or write to another disk",
  EDQUOT: "your quota on this disk is used up; free some space or write to another disk",
  EFBIG: "the file is larger than this disk or account allows; write to another disk",
  EACCES: "no permission to write there; choose another folder or change its permissions",
  EPERM: "no permission to write there; choose another folder or change its permissions",
  EROFS: "this disk is read-only; choose another folder",
  EISDIR: "it is a folder; give the name of a file",
  ENOTDIR: "a part of this path is a file, not a folder; choose another folder",
  EEXIST: "a part of this path is a file, not a folder; choose another folder",
  ENOTFILE: "it is a device or a pipe, which cannot be replaced; give the name of a file",
  ENAMETOOLONG: "the name is too long for this disk; choose a shorter one",
  ELOOP: "its links lead in a circle; choose another name",
  EMFILE: "too many files are open; close some, or raise the limit of open files",
  ERR_INVALID_ARG_VALUE: "the name contains a character that no file name may have; choose another",
};

/** What the system says of a failed output, with the remedy. */
export function outputError(path: string, cause: unknown): OutputError {
  const code = errorCode(cause);
  const why =
    (code === undefined ? undefined : REMEDIES[code]) ??
    `the system reports "${cause instanceof Error ? cause.message : String(cause)}"; choose another place`;
  return new OutputError(path, `not written: ${why}`, { cause });
}
