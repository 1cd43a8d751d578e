import { OutputError } from "../errors.js";
import { nodeModule } from "./node.js";
import { outputError } from "./write-atomic.js";

/** Who holds a lock. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When the process began, in milliseconds since 1970: containers give the same numbers again. */
  readonly began: number;
}

/** A file that one process at a time may write. */
export interface FileLock {
  release(): void;
}

/**
 * Takes a file for this process by a file of its own beside it, `<path>.lock`. That of a process of this
 * machine that has ended, or was killed, is taken over.
 *
 * @throws OutputError where somebody else has it, or the disk refuses
 */
export function lockFile(path: string): FileLock {
  const lock = `${path}.lock`;
  const { rmSync } = nodeModule("node:fs");
  const mine = thisProcess();
  for (let tries = 0; ; tries++) {
    if (create(path, lock, mine)) return { release: () => rmSync(lock, { force: true }) };
    const holder = read(lock);
    const isOld = holder !== undefined && hasEnded(holder, mine);
    if (!isOld || tries === MOST_TRIES) throw taken(path, lock, holder, mine);
    rmSync(lock, { force: true });
  }
}

/** Others may take over the same lock at the same time. */
const MOST_TRIES = 3;

function thisProcess(): Holder {
  const host = nodeModule("node:os").hostname();
  return { pid: process.pid, host, began: Math.round(performance.timeOrigin) };
}

/** Whether there was none. */
function create(path: string, lock: string, holder: Holder): boolean {
  const { rmSync, writeFileSync } = nodeModule("node:fs");
  try {
    writeFileSync(lock, `${JSON.stringify(holder)}\n`, { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    // On a full disk it is there, and empty.
    rmSync(lock, { force: true });
    throw outputError(path, error);
  }
}

/** `undefined` where it has gone, or says nothing: it is being written, or the disk was full. */
function read(lock: string): Holder | undefined {
  try {
    return JSON.parse(nodeModule("node:fs").readFileSync(lock, "utf8"));
  } catch {
    return undefined;
  }
}

function hasEnded({ pid, host, began }: Holder, mine: Holder): boolean {
  if (host !== mine.host) return false;
  if (pid === mine.pid) return began !== mine.began;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}

function taken(path: string, lock: string, holder: Holder | undefined, mine: Holder): OutputError {
  const who =
    holder === undefined
      ? "another run"
      : holder.host !== mine.host
        ? `process ${holder.pid} on ${holder.host}`
        : holder.pid === mine.pid
          ? "another run in this process"
          : `process ${holder.pid}`;
  return new OutputError(
    path,
    `${who} is writing this; end it, wait, or name another output (if nobody writes it, remove ${lock})`,
  );
}
