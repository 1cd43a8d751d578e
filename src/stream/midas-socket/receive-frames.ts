import { StreamError } from "../../errors.js";
import { nodeModule } from "../../host/node.js";
import type { NewFrame } from "../frame-queue.js";
import { FrameClient } from "./frame-client.js";

/** What is received, and where: of plain values, which go to a thread too. */
export interface Reception {
  readonly host: string;
  readonly port: number;
  readonly shape: readonly [rows: number, columns: number];
  readonly signed: boolean;
  /** Seconds. */
  readonly clientTimeout: number;
  /** The most clients at a time. */
  readonly mostClients: number;
  /** Whether frames lie in memory that threads share, for whoever gives it back. */
  readonly isShared: boolean;
}

/** Who takes the frames, and hears of what is none. */
export interface FrameSink {
  put(frame: NewFrame): void;
  bad(trouble: StreamError, bytes: number): void;
  tell(trouble: StreamError): void;
  /** How many clients there are now. */
  count(clients: number): void;
  readonly hasRoom: boolean;
  room(): Promise<void>;
}

/** A server that receives frames until it is closed. */
export interface Receiver {
  readonly port: number;
  /** For the memory of a frame that nobody needs any more. */
  giveBack(data: ArrayBufferView): void;
  close(): Promise<void>;
}

/** `tcp://127.0.0.1:60439` */
export function endpoint(host: string, port: number): string {
  return `tcp://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

/**
 * Receives frames in this thread.
 *
 * @throws StreamError where it cannot listen.
 */
export async function receiveFrames(
  reception: Reception,
  sink: FrameSink,
): Promise<Omit<Receiver, "giveBack">> {
  const { host, mostClients } = reception;
  const server = nodeModule("node:net").createServer({ pauseOnConnect: true, allowHalfOpen: true });
  const port = await listening(server, host, reception.port);
  const clients = new Set<FrameClient>();
  server.on("connection", (socket) => {
    const from = `tcp://${socket.remoteAddress}:${socket.remotePort}`;
    if (clients.size >= mostClients) {
      socket.destroy();
      sink.tell(new StreamError(from, `not let in: ${mostClients} clients are there already`));
      return;
    }
    const client = new FrameClient(socket, from, reception, sink);
    clients.add(client);
    sink.count(clients.size);
    client.onClose(() => {
      clients.delete(client);
      sink.count(clients.size);
    });
  });
  server.on("error", (cause) => {
    const why = `a client could not be let in (${cause.message})`;
    sink.tell(new StreamError(endpoint(host, port), why, { cause }));
  });
  return {
    port,
    async close() {
      for (const client of clients) client.end();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function listening(
  server: import("node:net").Server,
  host: string,
  port: number,
): Promise<number> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, host, () => {
        server.off("error", reject);
        resolve();
      });
    });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const remedy =
      code === "EADDRINUSE"
        ? "another program listens there already; end it, or choose another port"
        : code === "EADDRNOTAVAIL" || code === "ENOTFOUND"
          ? "this machine has no such address; choose another host"
          : `the system refuses (${code}); choose another host or port`;
    throw new StreamError(endpoint(host, port), remedy, { cause });
  }
  return (server.address() as import("node:net").AddressInfo).port;
}
