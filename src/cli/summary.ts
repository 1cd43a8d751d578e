import { explicitJson } from "../export/side-file.js";
import type { EngineInfo, Provenance } from "../integrate/result.js";
import type { CommandIo } from "./command.js";
import type { SeriesOutcome } from "./series.js";

/** What is kept of each result for the summary. */
export interface Kept {
  readonly engine?: EngineInfo;
  readonly provenance?: Provenance;
}

export interface SummaryOptions {
  readonly command: string;
  readonly json: boolean;
  readonly quiet: boolean;
  /** Lines on what the command did, besides the usual ones. */
  readonly notes?: readonly string[];
}

/**
 * Prints what became of a series: to read, or as JSON.
 *
 * @returns the exit code: 0 where every frame is done, 1 otherwise.
 */
export function printSummary(
  outcome: SeriesOutcome<Kept>,
  { command, json, quiet, notes = [] }: SummaryOptions,
  io: CommandIo,
): number {
  const { done, failed, seconds } = outcome;
  if (json) {
    const files = done.map(({ source, output }) => ({ source, output }));
    const { engine, provenance } = done.at(-1)?.result ?? {};
    const summary = { command, done: done.length, failed: failed.length, seconds, files };
    io.stdout.write(`${explicitJson({ ...summary, errors: failed, engine, provenance }, 2)}\n`);
  } else if (!quiet) {
    io.stdout.write(`${[...lines(outcome), ...(done.length > 0 ? notes : [])].join("\n")}\n`);
  } else if (failed.length > 0) {
    io.stderr.write(`${counts(outcome)}\n`);
  }
  return failed.length === 0 ? 0 : 1;

  function lines({ done }: SeriesOutcome<Kept>): string[] {
    const last = done.at(-1);
    const { engine, provenance } = last?.result ?? {};
    const by = engine === undefined ? "" : `, ${engine.name} engine`;
    const list = [`${counts(outcome)} in ${seconds.toFixed(1)} s${by}`];
    if (last !== undefined) {
      const first = done[0]!.output;
      list.push(`written: ${done.length === 1 ? first : `${first} … ${last.output}`}`);
    }
    return provenance === undefined ? list : [...list, ...applied(provenance)];
  }
}

function counts({ done, failed }: SeriesOutcome<Kept>): string {
  const total = done.length + failed.length;
  return `${done.length} of ${total} done${failed.length === 0 ? "" : `, ${failed.length} failed`}`;
}

/** What was done to the pixels, and what was not. */
export function applied(
  provenance: Omit<Provenance, "invalidPixels"> & Partial<Pick<Provenance, "invalidPixels">>,
): string[] {
  const { shape } = provenance.detector;
  const { polarizationFactor, errorModel, maskedPixels, invalidPixels = 0 } = provenance;
  const corrections: [name: string, on: boolean][] = [
    ["mask", provenance.hasUserMask],
    ...(provenance.hasDetectorMask ? [["detector's own mask", true] as [string, boolean]] : []),
    ["dark", provenance.hasDark],
    ["flat", provenance.hasFlat],
    ["solid angle", provenance.correctSolidAngle],
    [
      polarizationFactor === undefined ? "polarization" : `polarization ${polarizationFactor}`,
      polarizationFactor !== undefined,
    ],
    [errorModel === undefined ? "error model" : `${errorModel} errors`, errorModel !== undefined],
  ];
  const names = (wanted: boolean): string =>
    corrections
      .filter(([, on]) => on === wanted)
      .map(([name]) => name)
      .join(", ") || "nothing";
  const invalid = invalidPixels > 0 ? `, ${invalidPixels} invalid in the last frame` : "";
  const [low, high] = provenance.radialRange;
  return [
    `bins: ${provenance.unit} ${round(low)} to ${round(high)}, splitting ${provenance.split}`,
    `pixels masked: ${maskedPixels} of ${shape[0] * shape[1]}${invalid}`,
    `applied: ${names(true)}`,
    `not applied: ${names(false)}`,
  ];
}

function round(value: number): string {
  return `${Number(value.toPrecision(6))}`;
}
