import { StreamError } from "../../errors.js";
import { nodeModule } from "../../host/node.js";
import { BridgeError, type BridgeMessage, BridgeReader } from "./bridge-messages.js";

/** What is asked of the bridge. */
export interface BridgeOptions {
  /** For messages. */
  readonly name: string;
  readonly channel: string;
  readonly server: string | undefined;
  readonly python: string | undefined;
  /** The most images that wait in it. */
  readonly queue: number;
}

/** A running bridge to EPICS. */
export interface Bridge {
  /** @throws StreamError where it ends by itself. */
  readonly messages: AsyncIterable<BridgeMessage>;
  stop(): Promise<void>;
}

/** Milliseconds after which a bridge that does not end is ended. */
const patience = 1000;
/** What it said last, for the message of its end. */
const mostText = 2000;

/**
 * Starts the bridge process, a Python program with the library p4p.
 *
 * @throws StreamError where there is no such Python, or it has no p4p.
 */
export async function startBridge(options: BridgeOptions): Promise<Bridge> {
  const { name, channel, server, queue } = options;
  const python = options.python ?? process.env.CAKELAB_PYTHON ?? "python3";
  const args = ["-u", program(), channel, "--queue", String(queue)];
  if (server !== undefined) args.push("--server", server);
  const child = nodeModule("node:child_process").spawn(python, args, {
    stdio: ["pipe", "pipe", "pipe"],
  });
  let text = "";
  child.stderr.on("data", (piece) => {
    text = (text + String(piece)).slice(-mostText);
  });
  // It may end before it is told to.
  child.stdin.on("error", () => {});
  const ended = new Promise<string>((resolve) => {
    child.on("close", (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  let isStopped = false;
  await new Promise<void>((resolve, reject) => {
    child.once("spawn", resolve);
    child.once("error", (cause) => {
      const remedy =
        "install Python 3.9 or later, or name it by the option python (CAKELAB_PYTHON)";
      reject(new StreamError(name, `${python} cannot be started; ${remedy}`, { cause }));
    });
  });

  async function* pieces(): AsyncGenerator<BridgeMessage, void, undefined> {
    const reader = new BridgeReader();
    try {
      for await (const piece of child.stdout) yield* reader.read(piece as Uint8Array);
    } catch (error) {
      if (isStopped) return;
      if (!(error instanceof BridgeError)) throw error;
      throw new StreamError(name, `the bridge to EPICS failed: ${error.message}`, { cause: error });
    }
    const how = await ended;
    if (isStopped) return;
    const said = text.trim().split("\n").at(-1) ?? "";
    throw new StreamError(name, `the bridge to EPICS ended (${how})${said && `: ${said}`}`);
  }

  const messages = pieces();
  const stop = async (): Promise<void> => {
    isStopped = true;
    child.stdin.end();
    const timer = setTimeout(() => child.kill("SIGKILL"), patience);
    // What is still in the pipe would keep it from ending.
    child.stdout.destroy();
    await ended;
    clearTimeout(timer);
  };
  try {
    const { value: first } = await messages.next();
    if (first?.header.kind === "no-p4p") throw missing(name, first.header);
    return { messages, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function missing(name: string, { python, reason }: BridgeMessage["header"]): StreamError {
  return new StreamError(
    name,
    `EPICS' channels need the Python library p4p (${reason}); install it with: ${python} -m pip install p4p`,
  );
}

/** It lies in the package as it is, wherever the code that starts it was bundled to. */
function program(): string {
  const { createRequire } = nodeModule("node:module");
  const { dirname, join } = nodeModule("node:path");
  const manifest = createRequire(import.meta.url).resolve("cakelab/package.json");
  return join(dirname(manifest), "src/stream/pva/p4p-bridge.py");
}
