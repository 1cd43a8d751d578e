import type { FrameMessage, FrameWish } from "../../src/diffractogram-messages.js";
import { answerTo, hasNews, type LiveScene } from "./frame-answer.js";

/** Between two looks at the counts of a source, in milliseconds. */
const LOOK_MS = 500;

/**
 * Answers the page's wishes, one at a time: at once where there is news, else when there is. So nothing
 * piles up on the way to a page that draws slowly, or not at all.
 */
export class FrameDesk {
  readonly #scene: (revision: number) => LiveScene;
  readonly #send: (message: FrameMessage, buffers: readonly ArrayBufferView[]) => void;
  readonly #timer: ReturnType<typeof setInterval>;
  #wish: FrameWish | undefined;
  #revision = 0;
  #counted = "";

  constructor(
    scene: (revision: number) => LiveScene,
    send: (message: FrameMessage, buffers: readonly ArrayBufferView[]) => void,
  ) {
    this.#scene = scene;
    this.#send = send;
    this.#timer = setInterval(() => this.#look(), LOOK_MS);
    this.#timer.unref();
  }

  /** Takes the page's newest wish. */
  ask(wish: FrameWish): void {
    this.#wish = wish;
    this.#answer();
  }

  /** There is something else to be seen. */
  news(): void {
    this.#revision++;
    this.#answer();
  }

  close(): void {
    clearInterval(this.#timer);
    this.#wish = undefined;
  }

  /** Counts change without frames, too: bad ones, and those that pass by. */
  #look(): void {
    if (this.#wish === undefined) return;
    const { received, dropped, bad, rate } = this.#scene(this.#revision).status;
    const counted = [received, dropped, bad, rate > 0].join();
    if (counted === this.#counted) return;
    this.#counted = counted;
    this.news();
  }

  #answer(): void {
    const wish = this.#wish;
    if (wish === undefined) return;
    const scene = this.#scene(this.#revision);
    if (!hasNews(wish, scene)) return;
    this.#wish = undefined;
    const { message, buffers } = answerTo(wish, scene);
    this.#send(message, buffers);
  }
}
