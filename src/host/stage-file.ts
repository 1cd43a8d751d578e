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
 * @throws OutputError
 */
export async function stageFile(path: string): Promise<StagedOutput> {
  const { dirname, join } = nodeModule("node:path");
  const { open, rename, rm } = nodeModule("node:fs/promises");
  try {
    const { target, mode } = await existing(path);
    const folder = dirname(target);
    await makeFolder(folder);
    const temporary = join(folder, `.cakelab-${nodeModule("node:crypto").randomUUID()}.tmp`);
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
