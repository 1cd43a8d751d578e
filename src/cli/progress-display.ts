import type { Progress } from "../integrate/options.js";
import { setProgressHook } from "../progress.js";
import type { CommandIo } from "./command.js";

const BAR = 24;
const REDRAW_MS = 80;
const CLEAR_LINE = "\r\u001b[K";

/** Shows how far a series is; what the library itself reports is shown on a terminal only. */
export interface ProgressDisplay {
  /** One more frame is done or has failed: what a plain line says of it. */
  step(done: number, total: number, line: string): void;
  /** A message that stays. */
  message(text: string): void;
  close(): void;
}

/**
 * A bar on a terminal, one line for each frame elsewhere, nothing where `quiet`; messages always.
 * Until it is closed, it shows what the library reports to its progress hook.
 */
export function progressDisplay(io: CommandIo, quiet: boolean): ProgressDisplay {
  return io.isTTY && !quiet ? terminalBar(io) : plainLines(io, quiet);
}

function plainLines({ stderr }: CommandIo, quiet: boolean): ProgressDisplay {
  return {
    step(done, total, line) {
      if (!quiet) {
        stderr.write(`[${done}/${total}] ${line}\n`);
      }
    },
    message: (text) => stderr.write(`${text}\n`),
    close: () => {},
  };
}

function terminalBar({ stderr }: CommandIo): ProgressDisplay {
  let series: Progress = { label: "reading", done: 0, total: undefined };
  let drawn = 0;
  const draw = (inner?: Progress): void => {
    drawn = performance.now();
    const detail = inner === undefined || inner.done === inner.total ? "" : ` · ${show(inner)}`;
    stderr.write(`${CLEAR_LINE}${show(series)}${detail}`);
  };
  const previous = setProgressHook((progress) => {
    if (performance.now() - drawn > REDRAW_MS) {
      draw(progress);
    }
  });
  return {
    step(done, total, line) {
      series = { label: line, done, total };
      draw();
    },
    message: (text) => {
      stderr.write(`${CLEAR_LINE}${text}\n`);
      draw();
    },
    close() {
      stderr.write(CLEAR_LINE);
      setProgressHook(previous);
    },
  };
}

function show({ label, done, total }: Progress): string {
  if (total === undefined || total === 0) {
    return label;
  }
  const full = Math.round((BAR * Math.min(done, total)) / total);
  const share = `${Math.floor((100 * done) / total)} %`;
  return `${"█".repeat(full)}${"░".repeat(BAR - full)} ${share.padStart(5)} ${label}`;
}
