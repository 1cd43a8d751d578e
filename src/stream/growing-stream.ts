import { CakelabError, FileAccessError, FileFormatError } from "../errors.js";
import { nodeModule } from "../host/node.js";
import { sleep } from "../host/sleep.js";
import { parseAddress } from "../image/address.js";
import { type OpenImage, openImage } from "../image/open-image.js";
import type { WatchOptions } from "../image/series/watch-files.js";
import { checkOptionNames } from "../option-names.js";
import { FrameQueue, STREAM_OPTIONS } from "./frame-queue.js";
import type { FrameStream, StreamOptions } from "./frame-stream.js";

/** How a file that grows is read. */
export interface GrowingOptions extends StreamOptions {
  /** `interval` between two looks, by default 0.1 s, and the time to `settle`, by default 10 s. */
  readonly watch?: boolean | Pick<WatchOptions, "interval" | "settle">;
  /** Folders, besides the file's own, in which what it links to may lie. Default none. */
  readonly trustedFolders?: readonly string[];
}

/**
 * The frames of an HDF5 file that is being written, in SWMR mode or with flushes, and that need not be
 * there yet: each comes when its chunks are in the file. Frames that share a chunk come with the
 * beginning of the next chunk; the last of them, and data in one piece, when the file has not changed
 * for the time to settle. A frame that others have overtaken for so long counts as bad.
 *
 * A frame's `number` is its place in the file, its `timestamp` the time when it was seen.
 *
 * @param address `scan.h5` or `scan.h5::/entry/data`
 * @throws OptionError
 */
export function growingStream(address: string, options: GrowingOptions = {}): FrameStream {
  checkOptionNames(options, [...STREAM_OPTIONS, "watch", "trustedFolders"]);
  const { watch = true, trustedFolders } = options;
  const { interval = 0.1, settle = 10 } = typeof watch === "boolean" ? {} : watch;
  const queue = new FrameQueue(address, options);
  const stop = new AbortController();
  const file = new GrowingFile(
    address,
    1000 * settle,
    options.reuse ?? false,
    queue,
    trustedFolders,
  );
  const run = async (): Promise<void> => {
    while (!queue.isOver) {
      const begun = performance.now();
      await file.look();
      // A look takes long where the file has many groups, and there is other work to do.
      const looked = performance.now() - begun;
      await sleep(Math.max(1000 * interval, 2 * looked), stop.signal);
    }
  };
  const running = run().catch((error) => queue.end(stop.signal.aborted ? undefined : error));
  queue.onStop(async () => {
    stop.abort();
    await running;
  });
  return queue;
}

/** What is known of the file, from look to look. */
class GrowingFile {
  readonly #address: string;
  readonly #path: string;
  /** Milliseconds. */
  readonly #settle: number;
  readonly #isRecycled: boolean;
  readonly #queue: FrameQueue;
  readonly #trustedFolders: readonly string[] | undefined;
  #files: readonly string[];
  /** Sizes and times of the files at the look before. */
  #state = "";
  #changed = performance.now();
  #isSettled = false;
  /** The frame that comes next, and since when it could not be given. */
  #next = 0;
  #since: number | undefined;
  #told = "";

  constructor(
    address: string,
    settle: number,
    isRecycled: boolean,
    queue: FrameQueue,
    trustedFolders: readonly string[] | undefined,
  ) {
    this.#address = address;
    this.#path = parseAddress(address).path;
    this.#settle = settle;
    this.#isRecycled = isRecycled;
    this.#queue = queue;
    this.#trustedFolders = trustedFolders;
    this.#files = [this.#path];
  }

  /** Gives the frames that have come since the last look. */
  async look(): Promise<void> {
    const states = await Promise.all(this.#files.map(stateOf));
    const state = states.map(({ size, changed }) => `${size}@${changed}`).join(" ");
    const now = performance.now();
    const wasSettled = this.#isSettled;
    const isChanged = state !== this.#state;
    if (isChanged) {
      // What was complete before anybody looked need not be waited for.
      const age =
        this.#state === "" ? Date.now() - Math.max(...states.map((one) => one.changed)) : 0;
      this.#changed = now - Math.max(0, age);
    }
    this.#isSettled = now - this.#changed > this.#settle;
    // Times of files are coarse: what changes soon after a look may show no other time or size.
    const isFresh = now - this.#changed < freshMs;
    const isNews = isChanged || isFresh || this.#isSettled !== wasSettled || this.#isLate(now);
    this.#state = state;
    if (!isNews) return;
    let file: OpenImage | undefined;
    try {
      file = await openImage(this.#address, {
        isGrowing: true,
        trustedFolders: this.#trustedFolders,
      });
      this.#files = [...new Set([this.#path, ...(file.dataFiles ?? [])])];
      await this.#take(file);
    } catch (error) {
      if (!(error instanceof CakelabError)) throw error;
      // It may be read at the next look; what stays as it is will not.
      if (this.#isSettled && !(error instanceof FileAccessError)) this.#tell(error);
    } finally {
      await file?.close();
    }
  }

  async #take(file: OpenImage): Promise<void> {
    if (file.frames < this.#next) {
      this.#tell(
        new FileFormatError(this.#path, "was begun anew; its frames are taken from the first"),
      );
      this.#next = 0;
    }
    while (this.#next < file.frames && !this.#queue.isOver) {
      const isWritten = await file.isWritten?.(this.#next);
      const isThere = isWritten ?? this.#isSettled;
      if (!isThere && !(await this.#isOvertaken(file))) return;
      const source = file.frames === 1 ? this.#address : `${this.#address}#${this.#next}`;
      try {
        if (!isThere)
          throw new FileFormatError(source, "was not written, though later frames were");
        const image = await file.read(this.#next, { isRecycled: this.#isRecycled });
        const timestamp = Date.now() / 1000;
        this.#queue.put({ ...image, source, number: this.#next, timestamp });
      } catch (error) {
        if (!(error instanceof CakelabError)) throw error;
        this.#since ??= performance.now();
        if (isThere && !this.#isLate(performance.now())) return;
        this.#queue.bad(error, 0);
      }
      this.#next++;
      this.#since = undefined;
      await this.#queue.room();
    }
  }

  /** Whether the next frame has not come for the time to settle, and one after it has. */
  async #isOvertaken(file: OpenImage): Promise<boolean> {
    const now = performance.now();
    this.#since ??= now;
    if (!this.#isLate(now)) return false;
    const last = Math.min(file.frames, this.#next + mostAhead);
    for (let frame = this.#next + 1; frame < last; frame++) {
      if ((await file.isWritten?.(frame)) === true) return true;
    }
    return false;
  }

  #isLate(now: number): boolean {
    return this.#since !== undefined && now - this.#since > this.#settle;
  }

  /** Of a trouble that lasts, once. */
  #tell(trouble: CakelabError): void {
    if (trouble.message === this.#told) return;
    this.#told = trouble.message;
    this.#queue.tell(trouble);
  }
}

/** So long after a change a file is looked into again. */
const freshMs = 1000;

/** A frame that was left out is noticed when one of the next so many has come. */
const mostAhead = 100;

/** Its size, and the time of its last change in milliseconds since 1970. */
async function stateOf(path: string): Promise<{ size: number; changed: number }> {
  const status = await nodeModule("node:fs/promises")
    .stat(path)
    .catch(() => undefined);
  return { size: status?.size ?? -1, changed: status?.mtimeMs ?? Date.now() };
}
