import { nodeModule } from "./node.js";
import { type StagedOutput, stageFile } from "./stage-file.js";
import { outputError } from "./write-atomic.js";

type FileHandle = import("node:fs/promises").FileHandle;

const MOST_WAITING = 2 ** 18;

/** Writes a file part by part, whole or not at all. */
export class StagedWriter {
  readonly #path: string;
  readonly #staged: StagedOutput;
  readonly #file: FileHandle;
  #end = 0;
  #written = 0;
  /** Small parts are written together. */
  readonly #waiting: Uint8Array[] = [];

  private constructor(path: string, staged: StagedOutput, file: FileHandle) {
    this.#path = path;
    this.#staged = staged;
    this.#file = file;
  }

  /** @throws OutputError */
  static async create(path: string): Promise<StagedWriter> {
    const staged = await stageFile(path);
    try {
      const file = await nodeModule("node:fs/promises").open(staged.temporary, "wx");
      return new StagedWriter(path, staged, file);
    } catch (error) {
      throw outputError(path, error);
    }
  }

  /** Bytes that were given to it. */
  get end(): number {
    return this.#end;
  }

  /** Writes some bytes, which then stay as they are. @throws OutputError */
  async write(...parts: readonly Uint8Array[]): Promise<void> {
    for (const part of parts) {
      this.#waiting.push(part);
      this.#end += part.length;
    }
    if (this.#end - this.#written >= MOST_WAITING) await this.#flush();
  }

  /** Gives the file its name. @throws OutputError */
  async commit(): Promise<void> {
    await this.#flush();
    await this.#file.close();
    await this.#staged.commit();
  }

  /** Gives it up; after `commit` it does nothing. */
  async discard(): Promise<void> {
    await this.#file.close().catch(() => {});
    await this.#staged.discard();
  }

  async #flush(): Promise<void> {
    const parts = this.#waiting.splice(0);
    const whole = parts.length === 1 ? parts[0]! : new Uint8Array(this.#end - this.#written);
    if (parts.length !== 1) {
      let at = 0;
      for (const part of parts) {
        whole.set(part, at);
        at += part.length;
      }
    }
    try {
      for (let done = 0; done < whole.length; ) {
        const left = whole.length - done;
        const { bytesWritten } = await this.#file.write(whole, done, left, this.#written);
        done += bytesWritten;
        this.#written += bytesWritten;
      }
    } catch (error) {
      throw outputError(this.#path, error);
    }
  }
}
