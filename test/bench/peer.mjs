import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

const HOW = {
  ".venv-test": "`npm test` makes it, with pyFAI to compare with",
  ".venv-bench": "`npm run bench -- --install` makes it, with what can be installed here",
};

/** The Python of an environment. */
export function pythonOf(folder) {
  const variable = { ".venv-test": "CAKELAB_TEST_PYTHON", ".venv-bench": "CAKELAB_BENCH_PYTHON" };
  return process.env[variable[folder]] ?? join(folder, "bin/python");
}

/** The other side of the benchmarks: a Python process that does the same jobs, one after another. */
export class Peer {
  #child;
  #answers;
  versions;

  /**
   * @param peer `script` of the folder `peers`, the `environment` to run it in, and its `args`
   * @throws Error where it cannot be started: its environment or package is not there.
   */
  static async start({ name, script, environment, args }) {
    const python = pythonOf(environment);
    if (!existsSync(python)) throw missing(`${name}: ${python} is not there; ${HOW[environment]}`);
    const peer = new Peer();
    const path = join(import.meta.dirname, "peers", script);
    peer.#child = spawn(python, [path, ...args], { stdio: ["pipe", "pipe", "pipe"] });
    let errors = "";
    peer.#child.stderr.on("data", (chunk) => {
      errors += chunk;
    });
    const ended = once(peer.#child, "close");
    peer.#answers = createInterface({ input: peer.#child.stdout })[Symbol.asyncIterator]();
    try {
      peer.versions = await peer.#answer();
    } catch {
      await ended;
      throw missing(`${name} cannot be started: ${errors.trim().split("\n").at(-1)}`);
    }
    peer.#child.stderr.pipe(process.stderr);
    return peer;
  }

  /** The seconds that a job took. */
  ask(job) {
    this.#child.stdin.write(`${JSON.stringify(job)}\n`);
    return this.#answer();
  }

  close() {
    this.#child.stdin.end();
  }

  async #answer() {
    const { value, done } = await this.#answers.next();
    if (done) throw new Error("the other side stopped");
    return JSON.parse(value);
  }
}

/** Whose rows are left out, and why. */
function missing(message) {
  return Object.assign(new Error(message), { isMissing: true });
}
