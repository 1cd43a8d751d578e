import { createSession } from "./tslab-adapter.js";
import { serve } from "./tslab-server.js";

/** The process behind one notebook: `node kernel.js CONNECTION_FILE`, started by Jupyter. */
async function startKernel(connectionFile: string): Promise<void> {
  const session = createSession(process.cwd());
  process.on("SIGINT", () => session.interrupt());
  // What cells leave behind fails in their output, and does not end the kernel.
  process.on("uncaughtException", (error) => console.error(error));
  process.on("unhandledRejection", (reason) => console.error(reason));
  endWithParent();
  await serve(session, connectionFile);
}

function endWithParent(): void {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid !== parent) process.exit(0);
  }, 2000);
  watch.unref();
}

const connectionFile = process.argv[2];
if (connectionFile === undefined) {
  console.error("usage: node kernel.js CONNECTION_FILE; Jupyter starts this, see cakelab lab");
  process.exitCode = 2;
} else {
  await startKernel(connectionFile);
}
