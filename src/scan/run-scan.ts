import { isCakelabError } from "../errors.js";
import { nodeModule } from "../host/node.js";
import { makeFolder, outputError } from "../host/write-atomic.js";
import { resolveMethod } from "../integrate/method.js";
import { reportProgress } from "../progress.js";
import { countExtra } from "./count-extra.js";
import type { DiffMapSummary } from "./diff-map.js";
import type { DiffMapOptions } from "./diff-map-options.js";
import { Journal, type StoredPattern } from "./journal.js";
import type { LiveScan } from "./live-scan.js";
import { writeFinished } from "./nexus/finished-file.js";
import { GrowingFile } from "./nexus/growing-file.js";
import { type PatternLayout, patternLayout } from "./pattern-layout.js";
import { checkContinued, findJournal } from "./resume.js";
import {
  type FrameWork,
  type IntegratedFrame,
  type SeriesPlace,
  scanFrames,
  type UnreadFrame,
} from "./scan-frames.js";
import type { ScanJob } from "./scan-job.js";

/** Who takes the patterns besides the files. */
export interface ScanHooks {
  /** Called once, when the first pattern is there or an earlier run's are. */
  onLayout?(layout: PatternLayout): LiveScan;
}

/**
 * Patterns, and milliseconds, between two flushes of the growing file at most; at the beginning, a quarter
 * of what there is.
 */
const FLUSH_FRAMES = 64;
const FLUSH_MS = 1000;

/** Runs a scan to its end. */
export async function runScan(
  { work, description, settings }: ScanJob,
  options: Pick<DiffMapOptions, "output" | "resume" | "onFailed" | "onProgress" | "signal">,
  hooks: ScanHooks,
): Promise<DiffMapSummary> {
  const begun = performance.now();
  const { output, resume = false, signal } = options;
  const { grid } = work;
  const total = grid.shape[0] * grid.shape[1];
  const path = Journal.pathFor(output);
  const times: number[] = [];
  let journal = resume ? await findJournal(output, path, settings) : undefined;
  let growing: GrowingFile | undefined;
  let live: LiveScan | undefined;
  let place: SeriesPlace = { file: 0, frame: grid.first, index: grid.first };
  const resumed = journal?.frames ?? 0;
  // Until there is a journal for them.
  const early: UnreadFrame[] = [];

  let isContinued = false;
  let synced: Promise<void> = Promise.resolve();

  const open = async (opened: Journal): Promise<void> => {
    journal = opened;
    live = hooks.onLayout?.(opened.head.layout);
    for (const point of opened.points()) {
      live?.put(opened.recordOf(point)!, opened.pattern(point)!);
    }
    for (const { index, message } of opened.failed) live?.fail({ index, message });
    growing = await GrowingFile.begin(output, description, opened);
  };
  const keepFailure = (index: number, point: number, message: string): void => {
    journal!.addFailure({ index, point, file: -1, frame: -1, monitor: Number.NaN }, message);
    live?.fail({ index, message });
  };
  const fail = ({ index, point, error }: UnreadFrame): void => {
    if (journal === undefined) early.push({ index, point, error });
    else keepFailure(index, point, error.message);
    options.onFailed?.({ index, message: error.message });
  };
  const take = async (frame: IntegratedFrame): Promise<void> => {
    const layout = patternLayout(frame.result);
    if (journal !== undefined && !isContinued) {
      checkContinued(output, journal.head.layout, layout);
    }
    isContinued = true;
    if (journal === undefined) {
      const started = new Date().toISOString();
      await makeFolderOf(output);
      await open(Journal.create(path, { settings, layout, started }));
      for (const { index, point, error } of early.splice(0)) {
        keepFailure(index, point, error.message);
      }
    }
    const pattern = stored(frame);
    journal!.add(frame, pattern);
    live?.put(frame, pattern);
    await growing!.add(frame.point, frame.index, pattern);
  };

  try {
    if (journal !== undefined) {
      const { last } = journal;
      journal.forgetFailuresAfter(last?.index ?? -1);
      if (last !== undefined) {
        place = { file: last.file, frame: last.frame + 1, index: last.index + 1 };
      }
      await open(journal);
    }
    let before = performance.now();
    let flushed = before;
    let unflushed = 0;
    const progress = (): void => {
      const now = {
        label: "integrating the scan",
        done: (journal?.frames ?? 0) + (journal?.failed.length ?? early.length),
        total,
      };
      if (options.onProgress === undefined) reportProgress(now);
      else options.onProgress(now);
    };
    let end = place;
    if (place.index < grid.end) {
      for await (const frame of scanFrames(sameEngine(work, journal), place)) {
        if ("error" in frame) fail(frame);
        else {
          await take(frame);
          end = { file: frame.file, frame: frame.frame + 1, index: frame.index + 1 };
          unflushed++;
        }
        const now = performance.now();
        times.push(now - before);
        before = now;
        progress();
        const enough = Math.min(FLUSH_FRAMES, Math.ceil((journal?.frames ?? 0) / 4));
        if (unflushed < enough && now - flushed < FLUSH_MS) continue;
        await growing?.flush();
        await synced;
        synced = journal?.sync() ?? synced;
        // Its error is thrown when it is waited for.
        synced.catch(() => {});
        flushed = performance.now();
        unflushed = 0;
      }
    }
    if (journal === undefined) throw early[0]?.error ?? new Error("a series without frames");
    await synced;
    await growing!.close();
    growing = undefined;
    const failed = journal.failed.map(({ index, message }) => ({ index, message }));
    await writeFinished(output, description, journal, failed, signal);
    const extra = await countExtra(work, end);
    const summary: DiffMapSummary = {
      output,
      shape: grid.shape,
      done: journal.frames,
      resumed,
      failed,
      missing: total - journal.frames - failed.filter(({ index }) => grid.point(index) >= 0).length,
      extra,
      seconds: (performance.now() - begun) / 1000,
      times: Float64Array.from(times),
      engine: journal.head.layout.engine,
      provenance: journal.head.layout.provenance,
    };
    journal.close();
    await nodeModule("node:fs/promises").rm(path, { force: true });
    journal = undefined;
    return summary;
  } catch (error) {
    // A flush that a full disk interrupts could leave less to read than the one before.
    if (!isCakelabError(error, "output")) await growing?.close().catch(quiet);
    throw error;
  } finally {
    await growing?.discard().catch(quiet);
    await Promise.allSettled([synced]);
    journal?.close();
  }
}

/** The engine that is chosen may be another one today. */
function sameEngine(work: FrameWork, journal: Journal | undefined): FrameWork {
  const method = resolveMethod(work.integration.method);
  if (journal === undefined || method.engine !== "auto") return work;
  const engine = journal.head.layout.engine.name;
  return { ...work, integration: { ...work.integration, method: { ...method, engine } } };
}

function stored({ result }: IntegratedFrame): StoredPattern {
  return {
    intensity: Float32Array.from(result.intensity),
    sigma: result.sigma && Float32Array.from(result.sigma),
  };
}

async function makeFolderOf(output: string): Promise<void> {
  const { dirname, resolve } = nodeModule("node:path");
  try {
    await makeFolder(dirname(resolve(output)));
  } catch (error) {
    throw outputError(output, error);
  }
}

/** The first failure is told of already. */
function quiet(error: unknown): void {
  if (!isCakelabError(error)) throw error;
}
