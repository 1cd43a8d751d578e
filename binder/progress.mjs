// Steps of a long job, one line each, and the commands that they run.
import { spawn } from "node:child_process";

/** A step that failed: what failed, and what the user can do about it. */
export class StepError extends Error {
  constructor(what, remedy, output = "") {
    super(what);
    this.remedy = remedy;
    this.output = output;
  }
}

/**
 * Does one step and prints its name and time; `work` may return a word that says more. Of steps that are
 * done together, each prints its line when it has ended.
 */
export async function step(name, work, { together = false } = {}) {
  const started = performance.now();
  const begin = `${name} … `;
  if (!together) process.stdout.write(begin);
  const end = (text) => process.stdout.write(`${together ? begin : ""}${text}\n`);
  try {
    const note = await work();
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    end(`${note ? `${note}, ` : ""}${seconds} s`);
  } catch (error) {
    end("failed");
    throw error;
  }
}

/** Prints why a step failed, in the order in which it is read: what, how it came, the remedy. */
export function explain(error) {
  if (!(error instanceof StepError)) {
    console.error(error);
    return;
  }
  const tail = error.output.trimEnd().split("\n").slice(-30).join("\n");
  console.error(`\n${error.message}`);
  if (tail !== "") console.error(`\n${tail.replace(/^/gm, "    ")}\n`);
  console.error(`What to do: ${error.remedy}`);
}

/** Runs a command quietly; what it printed is kept and is shown only if it fails. */
export function run(command, args, { cwd, env, what, remedy }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    const chunks = [];
    child.stdout.on("data", (chunk) => chunks.push(chunk));
    child.stderr.on("data", (chunk) => chunks.push(chunk));
    const fail = (why) =>
      reject(new StepError(`${what} failed: ${why}`, remedy, Buffer.concat(chunks).toString()));
    child.on("error", (error) => fail(error.message));
    child.on("close", (code, signal) => {
      if (code === 0) resolve(Buffer.concat(chunks).toString());
      else fail(signal === null ? `exit code ${code}` : `ended by ${signal}`);
    });
  });
}
