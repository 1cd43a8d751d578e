import type { Request } from "../wire/thread-messages.js";
import type { Content } from "./messages.js";

/** Sends an `input_request` to the client whose cell runs. */
type Ask = (to: Request, content: Content) => void;

/** Blocks this thread until an answer has come; undefined if the cell is interrupted. */
type Wait = () => Content | undefined;

/** A line of text was asked for where nobody can give it. */
export class InputError extends Error {
  override readonly name = "InputError";
}

/** Asks users for text on behalf of the running cell, one question after the other. */
export class InputChannel {
  readonly #ask: Ask;
  readonly #wait: Wait;
  #cell: Request | undefined;
  #answer: { resolve: (text: string) => void; reject: (reason: Error) => void } | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(ask: Ask, wait: Wait) {
    this.#ask = ask;
    this.#wait = wait;
  }

  /** From now on questions go to the client that runs this cell; `undefined`: to nobody. */
  attach(cell: Request | undefined): void {
    this.cancel("the cell has ended");
    this.#cell = cell;
  }

  /**
   * Asks for a line of text.
   *
   * @throws InputError if no cell runs, its client takes no questions, or the cell is interrupted.
   */
  question(prompt = "", options: { password?: boolean } = {}): Promise<string> {
    const asked = this.#last.then(() => this.#question(String(prompt), options));
    this.#last = asked.catch(() => undefined);
    return asked;
  }

  /**
   * Asks for a line of text as a browser's `prompt` does: nothing else happens until it is given.
   *
   * @throws InputError as `question` does.
   */
  questionNow(prompt = "", preset = ""): string {
    this.#ask(this.#askable(), { prompt: String(prompt), password: false });
    const answer = this.#wait();
    if (answer === undefined) throw new InputError("input: interrupted");
    return String(answer.value ?? "") || String(preset);
  }

  /** Takes the answer of a client. */
  reply(content: Content): void {
    this.#answer?.resolve(String(content.value ?? ""));
    this.#answer = undefined;
  }

  /** Ends the wait for an answer. */
  cancel(reason: string): void {
    this.#answer?.reject(new InputError(`input: ${reason}`));
    this.#answer = undefined;
  }

  #question(prompt: string, { password = false }: { password?: boolean }): Promise<string> {
    const cell = this.#askable();
    return new Promise((resolve, reject) => {
      this.#answer = { resolve, reject };
      this.#ask(cell, { prompt, password });
    });
  }
  #askable(): Request {
    const cell = this.#cell;
    if (cell?.message.content.allow_stdin === true) return cell;
    const where = cell === undefined ? "no cell runs" : "this front end takes no input";
    throw new InputError(`input: ${where}; give the value in the code of a cell`);
  }
}
