import { createInterruptFlag } from "./protocol/interrupt-flag.js";
import { startSocketThread } from "./wire/start-socket-thread.js";

/** The process behind one notebook: `node kernel.js CONNECTION_FILE`, started by Jupyter. */
async function main(connectionFile: string): Promise<void> {
  const interrupt = createInterruptFlag();
  let onInterrupt = (): void => undefined;
  process.on("SIGINT", () => onInterrupt());
  // First of all: it answers Jupyter while everything else is loaded.
  const thread = startSocketThread(connectionFile, interrupt);

  const { createCellExecutor } = await import("./compile/create-cell-executor.js");
  const executor = createCellExecutor({ folder: process.cwd(), interrupt });
  const { startKernel } = await import("./protocol/kernel-process.js");
  const kernel = startKernel({ thread, executor, interrupt });
  onInterrupt = kernel.interrupt;
  process.on("SIGTERM", kernel.end);
}

const connectionFile = process.argv[2];
if (connectionFile === undefined) {
  console.error("usage: node kernel.js CONNECTION_FILE; Jupyter starts this, see cakelab lab");
  process.exitCode = 2;
} else {
  await main(connectionFile);
}
