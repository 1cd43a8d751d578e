import { resolveMethod } from "../integrate/method.js";
import { reportProgress } from "../progress.js";
import { countExtra } from "./count-extra.js";
import type { DiffMapSummary } from "./diff-map.js";
import type { DiffMapOptions } from "./diff-map-options.js";
import type { PatternLayout } from "./pattern-layout.js";
import { type FrameWork, type SeriesPlace, scanFrames } from "./scan-frames.js";
import type { ScanJob } from "./scan-job.js";
import { type ScanHooks, ScanStore } from "./scan-store.js";

type RunOptions = Pick<DiffMapOptions, "output" | "resume" | "onFailed" | "onProgress" | "signal">;

/**
 * Patterns, and milliseconds, between two flushes at most; at the beginning, a quarter of what there is.
 */
const FLUSH_FRAMES = 64;
const FLUSH_MS = 1000;

/** Runs a scan to its end. */
export async function runScan(
  job: ScanJob,
  options: RunOptions,
  hooks: ScanHooks,
): Promise<DiffMapSummary> {
  const begun = performance.now();
  const { output, signal } = options;
  const { grid } = job.work;
  const store = new ScanStore(output, job, hooks);
  try {
    const start = { file: 0, frame: grid.first, index: grid.first };
    const place = (options.resume ? await store.resume() : undefined) ?? start;
    const resumed = store.patterns;
    const { end, times } = await integrateAll(job.work, place, store, options);
    await store.finish(signal);
    const total = grid.shape[0] * grid.shape[1];
    const failed = store.failures;
    const emptied = failed.filter(({ index }) => grid.point(index) >= 0).length;
    const { engine, provenance } = store.layout!;
    const summary: DiffMapSummary = {
      output,
      shape: grid.shape,
      done: store.patterns,
      resumed,
      failed,
      missing: total - store.patterns - emptied,
      extra: await countExtra(job.work, end, failed),
      seconds: (performance.now() - begun) / 1000,
      times: Float64Array.from(times),
      engine,
      provenance,
    };
    await store.removeJournal();
    return summary;
  } catch (error) {
    await store.abandon(error);
    throw error;
  } finally {
    await store.close();
  }
}

/** Integrates the frames from a place on; where it ended, and the milliseconds from frame to frame. */
async function integrateAll(
  work: FrameWork,
  place: SeriesPlace,
  store: ScanStore,
  { onFailed, onProgress = reportProgress }: RunOptions,
): Promise<{ readonly end: SeriesPlace; readonly times: number[] }> {
  const { grid } = work;
  const total = grid.shape[0] * grid.shape[1];
  const times: number[] = [];
  let end = place;
  if (place.index >= grid.end) return { end, times };
  let done = store.patterns + store.failures.length;
  let before = performance.now();
  let flushed = before;
  let unflushed = 0;
  for await (const frame of scanFrames(withEngine(work, store.layout), place)) {
    if ("error" in frame) {
      store.fail(frame);
      onFailed?.({ index: frame.index, message: frame.error.message });
    } else {
      await store.add(frame);
      end = { file: frame.file, frame: frame.frame + 1, index: frame.index + 1 };
      unflushed++;
    }
    const now = performance.now();
    times.push(now - before);
    before = now;
    onProgress({ label: "integrating the scan", done: ++done, total });
    const enough = Math.min(FLUSH_FRAMES, Math.ceil(store.patterns / 4));
    if (unflushed < enough && now - flushed < FLUSH_MS) continue;
    await store.flush();
    flushed = performance.now();
    unflushed = 0;
  }
  return { end, times };
}

/** The engine of an earlier run: which is the fastest may be found otherwise today. */
function withEngine(work: FrameWork, layout: PatternLayout | undefined): FrameWork {
  const method = resolveMethod(work.integration.method);
  if (layout === undefined || method.engine !== "auto") return work;
  const engine = layout.engine.name;
  return { ...work, integration: { ...work.integration, method: { ...method, engine } } };
}
