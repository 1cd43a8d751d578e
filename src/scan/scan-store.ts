import { isCakelabError } from "../errors.js";
import { nodeModule } from "../host/node.js";
import { makeFolder, outputError } from "../host/write-atomic.js";
import { Journal, type StoredPattern } from "./journal.js";
import type { LiveScan } from "./live-scan.js";
import { writeFinished } from "./nexus/finished-file.js";
import { GrowingFile } from "./nexus/growing-file.js";
import { type PatternLayout, patternLayout } from "./pattern-layout.js";
import { checkContinued, findJournal } from "./resume.js";
import type { FailedFrame } from "./scan.js";
import type { IntegratedFrame, SeriesPlace, UnreadFrame } from "./scan-frames.js";
import type { ScanJob } from "./scan-job.js";

/** Who takes the patterns besides the files. */
export interface ScanHooks {
  /** Called once, when the first pattern is there or an earlier run's are. */
  onLayout?(layout: PatternLayout): LiveScan;
}

/** Where the patterns of a run go: the journal, the file that grows, and who looks on. */
export class ScanStore {
  readonly #output: string;
  readonly #job: ScanJob;
  readonly #hooks: ScanHooks;
  #journal: Journal | undefined;
  #growing: GrowingFile | undefined;
  #live: LiveScan | undefined;
  /** Failures before the first pattern, until there is a journal for them. */
  readonly #early: UnreadFrame[] = [];
  /** Whether patterns of this run fit those of an earlier one. */
  #isChecked = false;
  #synced: Promise<void> = Promise.resolve();

  constructor(output: string, job: ScanJob, hooks: ScanHooks) {
    this.#output = output;
    this.#job = job;
    this.#hooks = hooks;
  }

  /** What the patterns have in common, as soon as there is one. */
  get layout(): PatternLayout | undefined {
    return this.#journal?.head.layout;
  }

  /** Points that have a pattern. */
  get patterns(): number {
    return this.#journal?.frames ?? 0;
  }

  /** Frames of which it is known that they have none. */
  get failures(): readonly FailedFrame[] {
    const failed =
      this.#journal?.failed ??
      this.#early.map(({ index, error }) => ({ index, message: error.message }));
    return failed.map(({ index, message }) => ({ index, message }));
  }

  /**
   * Takes up an earlier run.
   *
   * @returns where in the series it ended; `undefined` where there is none
   * @throws OptionError where it was another scan
   */
  async resume(): Promise<SeriesPlace | undefined> {
    const path = Journal.pathFor(this.#output);
    const journal = await findJournal(this.#output, path, this.#job.settings);
    if (journal === undefined) return undefined;
    const { last } = journal;
    journal.forgetFailuresAfter(last?.index ?? -1);
    await this.#open(journal);
    return last && { file: last.file, frame: last.frame + 1, index: last.index + 1 };
  }

  /** @throws OutputError; OptionError where the pattern is not like those of an earlier run */
  async add(frame: IntegratedFrame): Promise<void> {
    const layout = patternLayout(frame.result);
    if (this.#journal === undefined) await this.#begin(layout);
    else if (!this.#isChecked) checkContinued(this.#output, this.#journal.head.layout, layout);
    this.#isChecked = true;
    const pattern = stored(frame);
    this.#journal!.add(frame, pattern);
    this.#live?.put(frame, pattern);
    await this.#growing!.add(frame.point, frame.index, pattern);
  }

  /** @throws OutputError */
  fail(unread: UnreadFrame): void {
    if (this.#journal === undefined) {
      this.#early.push(unread);
      return;
    }
    const { index, point, error } = unread;
    const place = { index, point, file: -1, frame: -1, monitor: Number.NaN };
    this.#journal.addFailure(place, error.message);
    this.#live?.fail({ index, message: error.message });
  }

  /** Makes sure that what was added can be read, and outlives the machine. */
  async flush(): Promise<void> {
    await this.#growing?.flush();
    await this.#synced;
    this.#synced = this.#journal?.sync() ?? this.#synced;
    // Its error is thrown when it is waited for.
    this.#synced.catch(() => {});
  }

  /**
   * Writes the file as it is to be.
   *
   * @throws OutputError, the error of the first frame where none could be read, the signal's reason
   */
  async finish(signal: AbortSignal | undefined): Promise<void> {
    const journal = this.#journal;
    if (journal === undefined) {
      throw this.#early[0]?.error ?? new Error("the series has no frames");
    }
    await this.#synced;
    await this.#growing!.close();
    this.#growing = undefined;
    const { description } = this.#job;
    await writeFinished(this.#output, description, journal, this.failures, signal);
  }

  /** The journal is not needed any more. */
  async removeJournal(): Promise<void> {
    this.#journal?.close();
    this.#journal = undefined;
    await nodeModule("node:fs/promises").rm(Journal.pathFor(this.#output), { force: true });
  }

  /** Leaves what is done readable, after whatever error. */
  async abandon(error: unknown): Promise<void> {
    // A flush that a full disk interrupts could leave less to read than the one before.
    if (!isCakelabError(error, "output")) await this.#growing?.close().catch(quiet);
  }

  async close(): Promise<void> {
    await this.#growing?.discard().catch(quiet);
    await Promise.allSettled([this.#synced]);
    this.#journal?.close();
  }

  async #begin(layout: PatternLayout): Promise<void> {
    const { dirname, resolve } = nodeModule("node:path");
    try {
      await makeFolder(dirname(resolve(this.#output)));
    } catch (error) {
      throw outputError(this.#output, error);
    }
    const { settings } = this.#job;
    const head = { settings, layout, started: new Date().toISOString() };
    await this.#open(Journal.create(Journal.pathFor(this.#output), head));
    for (const unread of this.#early.splice(0)) this.fail(unread);
  }

  async #open(journal: Journal): Promise<void> {
    this.#journal = journal;
    this.#live = this.#hooks.onLayout?.(journal.head.layout);
    if (this.#live !== undefined) {
      for (const point of journal.points()) {
        this.#live.put(journal.recordOf(point)!, journal.pattern(point)!);
      }
      for (const { index, message } of journal.failed) this.#live.fail({ index, message });
    }
    this.#growing = await GrowingFile.begin(this.#output, this.#job.description, journal);
  }
}

function stored({ result }: IntegratedFrame): StoredPattern {
  return {
    intensity: Float32Array.from(result.intensity),
    sigma: result.sigma && Float32Array.from(result.sigma),
  };
}

/** The first failure is told of already. */
function quiet(error: unknown): void {
  if (!isCakelabError(error)) throw error;
}
