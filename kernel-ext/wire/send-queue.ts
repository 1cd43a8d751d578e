/** What a queue writes to. */
export interface Writable {
  send(frames: Uint8Array[]): Promise<void>;
}

/** Sends messages in their order through a socket that takes only one at a time. */
export class SendQueue {
  readonly #socket: Writable;
  readonly #onError: (error: unknown) => void;
  #last: Promise<void> = Promise.resolve();

  constructor(socket: Writable, onError: (error: unknown) => void) {
    this.#socket = socket;
    this.#onError = onError;
  }

  push(frames: Uint8Array[]): void {
    this.#last = this.#last.then(() => this.#socket.send(frames)).catch(this.#onError);
  }

  /** Settles when all that was pushed so far has been handed to the socket. */
  drained(): Promise<void> {
    return this.#last;
  }
}
