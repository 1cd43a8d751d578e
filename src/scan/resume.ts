import { OptionError } from "../errors.js";
import { Journal } from "./journal.js";
import { journalOfFinished } from "./nexus/journal-of-finished.js";
import type { PatternLayout } from "./pattern-layout.js";

type Settings = Readonly<Record<string, unknown>>;

/**
 * The journal to go on with: the one that an interrupted run left, or that of the finished file.
 *
 * @returns `undefined` where there is neither
 * @throws OptionError where it is of another scan, or of other options
 */
export async function findJournal(
  output: string,
  path: string,
  settings: Settings,
): Promise<Journal | undefined> {
  const journal = Journal.open(path) ?? (await journalOfFinished(output, path));
  if (journal === undefined) return undefined;
  const before = journal.head.settings;
  const now = JSON.parse(JSON.stringify(settings)) as Settings;
  const names = new Set([...Object.keys(before), ...Object.keys(now)]);
  const others = [...names].filter((name) => !isContinued(name, before[name], now[name]));
  if (others.length === 0) return journal;
  journal.close();
  throw new OptionError(
    "resume",
    true,
    `${output} was begun with other values of ${others.join(", ")}; give the same, name another output, or begin anew without resume`,
  );
}

function isContinued(name: string, before: unknown, now: unknown): boolean {
  // More files may have come since.
  const counted =
    name === "files" ? (now as unknown[]).slice(0, (before as unknown[]).length) : now;
  return JSON.stringify(before) === JSON.stringify(counted);
}

/**
 * Checks that new patterns are like those of an earlier run.
 *
 * @throws OptionError where another engine computes them, or their bins differ
 */
export function checkContinued(output: string, before: PatternLayout, now: PatternLayout): void {
  if (before.engine.name !== now.engine.name) {
    throw new OptionError(
      "method",
      now.engine.name,
      `${output} was begun with the ${before.engine.name} engine; name it, or begin anew without resume`,
    );
  }
  const isAlike =
    before.radial.length === now.radial.length &&
    before.radial.every((value, i) => value === now.radial[i]) &&
    before.azimuthal?.length === now.azimuthal?.length &&
    before.hasSigma === now.hasSigma;
  if (isAlike) return;
  throw new OptionError(
    "resume",
    true,
    `${output} was begun with other bins; begin anew without resume`,
  );
}
