import { OptionError } from "../errors.js";
import { differingSettings } from "../host/journal-file.js";
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
  const others = differingSettings(journal.head.settings, settings, isContinued);
  if (others.length === 0) return journal;
  journal.close();
  throw new OptionError(
    "resume",
    true,
    `${output} was begun with other values of ${others.join(", ")}; give the same, name another output, or begin anew without resume`,
  );
}

/** More files may have come since. */
function isContinued(name: string, before: unknown, now: unknown): boolean | undefined {
  if (name !== "files") return undefined;
  const first = (now as unknown[]).slice(0, (before as unknown[]).length);
  return JSON.stringify(before) === JSON.stringify(first);
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
