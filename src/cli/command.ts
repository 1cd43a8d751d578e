import { CakelabError } from "../errors.js";

/** Where a command's words go, and what may stop it. `process` has the streams. */
export interface CommandIo {
  /** Results. */
  readonly stdout: TextStream;
  /** Progress and errors. */
  readonly stderr: TextStream;
  /** Whether `stderr` is a terminal, which can show a bar. */
  readonly isTTY: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted when the user interrupts: the command then stops without a half-written file. */
  readonly signal?: AbortSignal | undefined;
  /** Opens a notebook for the user until that is closed, and gives the exit code; absent where none can be. */
  readonly openNotebook?: (path: string) => Promise<number>;
}

export interface TextStream {
  write(text: string): unknown;
}

/** One word after `cakelab` and what it does. */
export interface Command {
  readonly name: string;
  /** One line of `cakelab --help`. */
  readonly summary: string;
  /**
   * @param argv what comes after the command's name
   * @returns the exit code: 0 done, 1 failed, 2 wrong usage
   * @throws CakelabError, which `main` prints: 2 for a UsageError or OptionError, 1 for the others
   */
  run(argv: readonly string[], io: CommandIo): Promise<number>;
}

/** A command line that cannot be understood. */
export class UsageError extends CakelabError {
  readonly tag = "usage";
}
