// The thread of the sockets. It talks to Jupyter while the main thread is busy with a cell or with
// loading the compiler: it answers the heartbeat, the control channel and `kernel_info_request`, and
// sends what cells print as they print it.
import { writeSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import type { Router } from "zeromq";
import type { RequestChannel } from "../protocol/messages.js";
import { readConnectionFile } from "./connection-file.js";
import { ControlRequests } from "./control-requests.js";
import { decodeFrames, WireError } from "./framing.js";
import { Outbox } from "./outbox.js";
import { watchParent } from "./parent-watch.js";
import { ReplayGuard } from "./replay-guard.js";
import { createSigner } from "./signature.js";
import { bindSockets, closeSockets, type Sockets } from "./sockets.js";
import type { FromSockets, ThreadData, ToSockets } from "./thread-messages.js";

/** The first byte of what a publisher hears from a new subscriber. */
const SUBSCRIBED = 1;

// The main thread's streams belong to cells; this goes to the log of whoever started the kernel.
function note(text: string): void {
  writeSync(2, `kernel: ${text}\n`);
}

async function serve({ connectionFile, interrupt, outlet }: ThreadData): Promise<void> {
  const tell = (message: FromSockets): void => outlet.postMessage(message);
  const connection = readConnectionFile(connectionFile);
  const signer = createSigner(connection.signature_scheme, connection.key);
  const replays = new ReplayGuard();
  const sockets = await bindSockets(connection);
  let closing = false;
  const outbox = new Outbox(sockets, signer, (error) => {
    if (!closing) note(`a message was lost: ${error}`);
  });
  const control = new ControlRequests({ outbox, interrupt, tell });

  // Until the first request; nobody hears it before there is a subscriber.
  let starting = true;

  const receive = async (channel: RequestChannel, socket: Router): Promise<void> => {
    for await (const frames of socket) {
      starting = false;
      try {
        const { identities, message } = decodeFrames(frames, signer, replays);
        const request = {
          kind: "request" as const,
          channel,
          identities: identities.map((identity) => new Uint8Array(identity)),
          message,
          receivedAt: Date.now(),
        };
        if (!control.handle(request)) tell(request);
      } catch (error) {
        if (!(error instanceof WireError)) throw error;
        note(`dropped a message on ${channel}: ${error.message}`);
      }
    }
  };

  // A client that has subscribed hears so, and misses nothing from then on.
  const greet = async (iopub: Sockets["iopub"]): Promise<void> => {
    for await (const [frame] of iopub) {
      if (frame?.[0] !== SUBSCRIBED) continue;
      outbox.welcome(new Uint8Array(frame.subarray(1)));
      if (starting) outbox.status("starting", {});
      starting = false;
    }
  };

  parentPort!.on("message", async (message: ToSockets) => {
    if (message.kind === "send") outbox.send(message);
    else if (message.kind === "stream") outbox.stream(message);
    else if (message.kind === "running") control.running = message.parent;
    else {
      await outbox.drained();
      closing = true;
      closeSockets(sockets);
      parentPort!.close();
      outlet.close();
      stopWatch();
    }
  });
  const stopWatch = watchParent(() => control.shutDown());
  await Promise.all([
    receive("shell", sockets.shell),
    receive("control", sockets.control),
    receive("stdin", sockets.stdin),
    echo(sockets.heartbeat),
    greet(sockets.iopub),
  ]);
}

async function echo(heartbeat: Sockets["heartbeat"]): Promise<void> {
  for await (const frames of heartbeat) await heartbeat.send(frames);
}

const data = workerData as ThreadData;
serve(data).catch((error: unknown) => {
  const reason = error instanceof Error ? error.message : String(error);
  data.outlet.postMessage({ kind: "failed", reason } satisfies FromSockets);
});
