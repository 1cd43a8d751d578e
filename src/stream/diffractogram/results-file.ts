import { OptionError } from "../../errors.js";
import { nodeModule } from "../../host/node.js";
import { makeFolder, outputError } from "../../host/write-atomic.js";
import type { ToolResults } from "./tool-results.js";

type FileHandle = import("node:fs/promises").FileHandle;

const LINE_END = 10;
const BLOCK = 2 ** 20;

/** Results as JSON, a line for each image (NDJSON): appended as they come, each line at once. */
export class ResultsFile {
  readonly #path: string;
  readonly #handle: FileHandle;

  private constructor(path: string, handle: FileHandle) {
    this.#path = path;
    this.#handle = handle;
  }

  /**
   * Begins a file, or goes on with one after its first lines. What comes behind them is cut off: a line
   * that is broken, or whose image is to be done again.
   *
   * @param lines that are to be kept; 0 begins the file anew.
   * @throws OptionError for a file that has fewer; OutputError
   */
  static async open(path: string, lines: number): Promise<ResultsFile> {
    const { open } = nodeModule("node:fs/promises");
    const { dirname, resolve } = nodeModule("node:path");
    let handle: FileHandle | undefined;
    try {
      await makeFolder(dirname(resolve(path)));
      handle = await open(path, lines > 0 ? "a+" : "w");
      if (lines > 0) {
        const { end, found } = await endOfLines(handle, lines);
        if (found < lines) {
          throw new OptionError(
            "results",
            path,
            `${path} has ${found} whole lines, but ${lines} were written to it before; give that file`,
          );
        }
        await handle.truncate(end);
      }
      return new ResultsFile(path, handle);
    } catch (error) {
      await handle?.close();
      throw error instanceof OptionError ? error : outputError(path, error);
    }
  }

  /** @throws OutputError; a line is then not whole. */
  async append(results: ToolResults): Promise<void> {
    try {
      await this.#handle.appendFile(`${JSON.stringify(results)}\n`);
    } catch (error) {
      throw outputError(this.#path, error);
    }
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}

/** Where so many lines end, in bytes, and how many of them there are. */
async function endOfLines(
  handle: FileHandle,
  lines: number,
): Promise<{ readonly end: number; readonly found: number }> {
  const block = new Uint8Array(BLOCK);
  let [end, found, at] = [0, 0, 0];
  for (;;) {
    const { bytesRead } = await handle.read(block, 0, BLOCK, at);
    if (bytesRead === 0) return { end, found };
    for (let i = 0; i < bytesRead; i++) {
      if (block[i] !== LINE_END) continue;
      end = at + i + 1;
      if (++found === lines) return { end, found };
    }
    at += bytesRead;
  }
}
