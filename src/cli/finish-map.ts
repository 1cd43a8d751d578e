import { explicitJson } from "../export/side-file.js";
import { setProgressHook } from "../progress.js";
import type { CircleMap } from "../scan/circle-map.js";
import type { CompositeMap } from "../scan/composite-map.js";
import { writeScanMap } from "../scan/write-scan-map.js";
import type { CommandIo } from "./command.js";
import { progressDisplay } from "./progress-display.js";

/** How a map is written, and what is said of it. */
export interface MapJob {
  readonly command: string;
  readonly output: string;
  /** Whether the sums of a composite map are written too. Default `true`. */
  readonly sums?: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
}

/**
 * Makes a map and writes it, also one that was interrupted, as far as it has come; says how far it is
 * and what became of it.
 *
 * @returns the exit code: 0 where every frame that is there is in the map.
 */
export async function finishMap(
  make: () => Promise<CompositeMap | CircleMap>,
  { command, output, sums = true, json, quiet }: MapJob,
  io: CommandIo,
): Promise<number> {
  const started = performance.now();
  const map = await withProgress(make, io, quiet);
  if (map.framesDone === 0) io.signal?.throwIfAborted();
  const written = await writeScanMap(output, map, { sums });
  const { framesDone, extraFrames, failed } = map;
  const points = map.shape[0] * map.shape[1];
  const seconds = (performance.now() - started) / 1000;
  const isStopped = io.signal?.aborted === true;
  for (const { message } of failed) io.stderr.write(`failed: ${message}\n`);
  if (json) {
    const counts = { points, done: framesDone, failed: failed.length, extra: extraFrames };
    const summary = { command, ...counts, isStopped, seconds, files: written, errors: failed };
    io.stdout.write(`${explicitJson(summary, 2)}\n`);
  } else if (!quiet) {
    const notes = [
      `${framesDone} of ${points} points in ${seconds.toFixed(1)} s`,
      ...(isStopped ? ["interrupted: the map is written as far as it had come"] : []),
      ...(failed.length > 0 ? [`${failed.length} frames could not be read; NaN stands there`] : []),
      ...(extraFrames > 0 ? [`${extraFrames} frames come after the last point; left out`] : []),
      `written: ${written.join(", ")}`,
    ];
    io.stdout.write(`${notes.join("\n")}\n`);
  }
  return failed.length === 0 && !isStopped ? 0 : 1;
}

async function withProgress<Result>(
  work: () => Promise<Result>,
  io: CommandIo,
  quiet: boolean,
): Promise<Result> {
  if (io.isTTY && !quiet) {
    const display = progressDisplay(io, quiet);
    return work().finally(display.close);
  }
  let tenths = 0;
  const before = setProgressHook(({ label, done, total = 0 }) => {
    if (quiet || total === 0 || Math.floor((10 * done) / total) <= tenths) return;
    tenths = Math.floor((10 * done) / total);
    io.stderr.write(`[${done}/${total}] ${label}\n`);
  });
  return work().finally(() => setProgressHook(before));
}
