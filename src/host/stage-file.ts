import { nodeModule } from "./node.js";
import { existing, makeFolder, outputError, syncFolder } from "./write-atomic.js";

/** A file that another library writes under a temporary name beside its own. */
export interface StagedOutput {
  /** To be written to; nothing is there yet. */
  readonly temporary: string;
  /**
   * Syncs it to the disk and gives it its name.
   *
   * @throws OutputError; the old file is then untouched.
   */
  commit(): Promise<void>;
  /** Removes it, if it has not got its name. */
  discard(): Promise<void>;
}

/**
 * Prepares an output that is written whole or not at all by what cannot write to memory; otherwise as
 * `writeAtomic`.
 *
 * @param name of the temporary file, for outputs with one writer only: what a writer that was killed has
 * left is then removed. Default: a name of its own.
 * @throws OutputError
 */
export async function stageFile(path: string, name?: string): Promise<StagedOutput> {
  const { dirname, join } = nodeModule("node:path");
  const { open, rename, rm } = nodeModule("node:fs/promises");
  try {
    const { target, mode } = await existing(path);
    const folder = dirname(target);
    await makeFolder(folder);
    const own = `.cakelab-${nodeModule("node:crypto").randomUUID()}.tmp`;
    const temporary = join(folder, name ?? own);
    await rm(temporary, { force: true });
    return {
      temporary,
      async commit() {
        try {
          const handle = await open(temporary, "r+");
          try {
            if (mode !== undefined) await handle.chmod(mode);
            await handle.sync();
          } finally {
            await handle.close();
          }
          await rename(temporary, target);
        } catch (error) {
          throw outputError(path, error);
        }
        await syncFolder(folder);
      },
      discard: () => rm(temporary, { force: true }),
    };
  } catch (error) {
    throw outputError(path, error);
  }
}
