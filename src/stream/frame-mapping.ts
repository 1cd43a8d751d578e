import { OptionError } from "../errors.js";
import { writeAtomic } from "../host/write-atomic.js";
import type { StreamFrame } from "./frame-stream.js";

/** What the mapping says of a frame, by MIDAS' names. */
export interface MappedFrame {
  readonly dataset_num: number;
  /** Of files; frame 3 of a file with several is `scan.h5#3`. */
  readonly filename?: string;
  /** Of EPICS' channels. */
  readonly uniqueId?: number;
  /** Seconds since 1970. */
  readonly timestamp: number;
}

/**
 * MIDAS' `frame_mapping.json`: which frame lies at which index of what was written. It is saved, whole
 * or not at all, every so many frames, and when it is asked for.
 */
export class FrameMapping {
  readonly #path: string;
  readonly #every: number;
  /** Each as it stands in the file, so that saving again costs no more than writing. */
  readonly #lines: string[] = [];
  #saved = 0;
  #saving: Promise<void> = Promise.resolve();

  /**
   * @param every after how many frames it is saved. Default 500.
   * @throws OptionError
   */
  constructor(path: string, every: number = 500) {
    if (!(Number.isInteger(every) && every >= 1)) {
      throw new OptionError("every", every, "is to be a whole number of frames from 1");
    }
    this.#path = path;
    this.#every = every;
  }

  get frames(): number {
    return this.#lines.length;
  }

  /**
   * Adds a frame at an index, the next one by default; resolves at once, or when a save that is due is
   * done.
   *
   * @throws OutputError
   */
  async add(frame: Omit<StreamFrame, "data">, index: number = this.#lines.length): Promise<void> {
    this.#lines.push(`  ${JSON.stringify(String(index))}: ${JSON.stringify(mapped(frame))}`);
    if (this.#lines.length - this.#saved >= this.#every) await this.save();
  }

  /** @throws OutputError; what was saved before is then untouched. */
  async save(): Promise<void> {
    const save = async (): Promise<void> => {
      const count = this.#lines.length;
      await writeAtomic(this.#path, `{\n${this.#lines.join(",\n")}\n}\n`);
      this.#saved = count;
    };
    this.#saving = this.#saving.then(save, save);
    await this.#saving;
  }
}

/** A frame's line in the mapping. */
function mapped({ number, source, timestamp, header }: Omit<StreamFrame, "data">): MappedFrame {
  const uniqueId = header?.uniqueId;
  if (uniqueId !== undefined) {
    return { dataset_num: number, uniqueId: Number(uniqueId), timestamp };
  }
  return {
    dataset_num: number,
    ...(source.startsWith("tcp://") ? {} : { filename: source }),
    timestamp,
  };
}
