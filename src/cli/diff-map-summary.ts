import { explicitJson } from "../export/side-file.js";
import type { DiffMapSummary } from "../scan/diff-map.js";
import type { CommandIo } from "./command.js";
import { applied } from "./summary.js";

/** How a scan's summary is printed. */
export interface ScanSummaryWords {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly stats: boolean;
}

/**
 * Prints what became of a scan.
 *
 * @returns the exit code: 0, or 1 where a frame could not be read.
 */
export function printScanSummary(
  summary: DiffMapSummary,
  { json, quiet, stats }: ScanSummaryWords,
  io: CommandIo,
): number {
  const { times, ...facts } = summary;
  const statistics = timesOf(times);
  if (json) {
    const all = { command: "diff-map", ...facts, ...(stats && { times: statistics }) };
    io.stdout.write(`${explicitJson(all, 2)}\n`);
  } else if (!quiet) {
    const lines = [...linesOf(summary), ...(stats ? statisticsLines(times) : [])];
    io.stdout.write(`${lines.join("\n")}\n`);
  }
  return summary.failed.length === 0 ? 0 : 1;
}

function linesOf(summary: DiffMapSummary): string[] {
  const { output, shape, done, resumed, failed, missing, extra, seconds, engine } = summary;
  const points = shape[0] * shape[1];
  const list = [
    `${done} of ${points} points done in ${seconds.toFixed(1)} s, ${engine.name} engine`,
  ];
  if (resumed > 0) list.push(`${resumed} of them by an earlier run`);
  if (failed.length > 0) list.push(`${failed.length} frames failed; their points are empty`);
  if (missing > 0) list.push(`${missing} points are empty because there are too few frames`);
  if (extra > 0) list.push(`${extra} frames have no point and were left out`);
  list.push(`written: ${output}`);
  return [...list, ...applied(summary.provenance)];
}

interface Times {
  readonly frames: number;
  readonly median: number;
  readonly shortest: number;
  readonly longest: number;
  readonly framesPerSecond: number;
}

function timesOf(times: Float64Array): Times {
  const sorted = times.toSorted();
  const total = times.reduce((sum, time) => sum + time, 0);
  return {
    frames: times.length,
    median: sorted[Math.floor(sorted.length / 2)] ?? 0,
    shortest: sorted[0] ?? 0,
    longest: sorted[sorted.length - 1] ?? 0,
    framesPerSecond: total > 0 ? (1000 * times.length) / total : 0,
  };
}

const BARS = 10;
const BAR = 40;

/** diff_map's histogram of the times, as text; what few frames took far longer is its last bar. */
function statisticsLines(times: Float64Array): string[] {
  const { frames, median, shortest, longest, framesPerSecond } = timesOf(times);
  if (frames === 0) return ["no frame was integrated"];
  const sorted = times.toSorted();
  const most = sorted[Math.floor(0.98 * (frames - 1))]!;
  const width = (most - shortest) / BARS || 1;
  const counts = new Array<number>(BARS).fill(0);
  for (const time of times) counts[Math.min(BARS - 1, Math.floor((time - shortest) / width))]!++;
  const highest = Math.max(...counts);
  const ms = (time: number): string => `${time.toFixed(1)} ms`;
  return [
    `time of ${frames} frames: median ${ms(median)}, shortest ${ms(shortest)}, longest ${ms(longest)}, ${framesPerSecond.toFixed(1)} frames/s`,
    ...counts.map((count, i) => {
      const bar = "█".repeat(Math.round((BAR * count) / highest));
      return `${ms(shortest + i * width).padStart(10)} ${bar.padEnd(BAR)} ${count}`;
    }),
  ];
}
