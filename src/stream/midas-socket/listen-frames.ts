import { OptionError, StreamError } from "../../errors.js";
import { nodeModule } from "../../host/node.js";
import { checkOptionNames } from "../../option-names.js";
import { FrameQueue, STREAM_OPTIONS } from "../frame-queue.js";
import type { FrameStream, StreamOptions } from "../frame-stream.js";
import { MIDAS_PORT } from "./dtypes.js";
import { FrameClient } from "./frame-client.js";

/** What frames a server takes, and from whom. */
export interface ListenOptions extends StreamOptions {
  /** Of every frame: the protocol does not tell it. */
  readonly shape: readonly [rows: number, columns: number];
  /**
   * Where it listens. Default `"127.0.0.1"`: nobody on another machine can reach it. `"0.0.0.0"` lets
   * everybody in who reaches this machine; the protocol knows no password.
   */
  readonly host?: string;
  /** Default 60439, MIDAS' own; 0 takes a free one. */
  readonly port?: number;
  /** Whether integers are signed; the protocol has one code for int16 and uint16. Default `false`. */
  readonly signed?: boolean;
  /** Seconds without a byte in the middle of a frame after which a client is given up. Default 30. */
  readonly clientTimeout?: number;
  /** The most clients at a time. Default 32. */
  readonly clients?: number;
}

/** A stream of frames that clients send. */
export interface FrameServer extends FrameStream {
  readonly host: string;
  readonly port: number;
  /** How many clients are connected. */
  readonly clients: number;
}

const OPTIONS: readonly (keyof ListenOptions)[] = [
  ...STREAM_OPTIONS,
  "shape",
  "host",
  "port",
  "signed",
  "clientTimeout",
  "clients",
];

/** The most pixels of a frame: of 8 bytes each, as much as one array may hold. */
const mostPixels = 2 ** 27;

/**
 * Listens for frames by MIDAS' protocol: from any number of clients, each with its own numbers, which
 * are counted on where they wrap at 65536. Types are uint8, uint16, uint32, int64, float32, float64 and
 * the hybrid one; int64 and hybrid pixels come in the smallest type that holds them.
 *
 * A client that sends what is no frame is told of and disconnected, as nobody can tell where its next
 * frame would begin; the others go on. A client that is faster than the reader waits.
 *
 * @throws OptionError; StreamError where it cannot listen.
 * @example
 * const stream = await listenFrames({ shape: [2048, 2048] });
 * for await (const frame of stream) { … }
 */
export async function listenFrames(options: ListenOptions): Promise<FrameServer> {
  checkOptionNames(options, OPTIONS);
  const { host = "127.0.0.1", port = MIDAS_PORT, signed = false } = options;
  const [rows, columns] = checkShape(options.shape);
  const clientTimeout = atLeast("clientTimeout", options.clientTimeout ?? 30, 0.001);
  const most = atLeast("clients", options.clients ?? 32, 1);

  const server = nodeModule("node:net").createServer({ pauseOnConnect: true, allowHalfOpen: true });
  const actual = await listening(server, host, port);
  const name = `tcp://${host.includes(":") ? `[${host}]` : host}:${actual}`;
  const clients = new Set<FrameClient>();
  const queue = new FrameQueue(name, options);
  server.on("connection", (socket) => {
    const from = `tcp://${socket.remoteAddress}:${socket.remotePort}`;
    if (clients.size >= most) {
      socket.destroy();
      queue.tell(new StreamError(from, `not let in: ${most} clients are there already`));
      return;
    }
    const client = new FrameClient(socket, {
      from,
      shape: [rows, columns],
      signed,
      clientTimeout,
      queue,
    });
    clients.add(client);
    client.onClose(() => clients.delete(client));
  });
  server.on("error", (cause) => {
    queue.tell(new StreamError(name, `a client could not be let in (${cause.message})`, { cause }));
  });
  queue.onStop(async () => {
    for (const client of clients) client.end();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    name,
    host,
    port: actual,
    get clients() {
      return clients.size;
    },
    get counts() {
      return queue.counts;
    },
    close: () => queue.close(),
    [Symbol.asyncIterator]: () => queue[Symbol.asyncIterator](),
  };
}

async function listening(
  server: import("node:net").Server,
  host: string,
  port: number,
): Promise<number> {
  if (!(Number.isInteger(port) && port >= 0 && port < 65536)) {
    throw new OptionError("port", port, `is to be a whole number from 0 to 65535, not ${port}`);
  }
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
    throw new StreamError(`tcp://${host}:${port}`, remedy, { cause });
  }
  return (server.address() as import("node:net").AddressInfo).port;
}

function checkShape(shape: readonly number[] | undefined): [number, number] {
  const [rows = 0, columns = 0, more] = shape ?? [];
  const isWhole = [rows, columns].every((size) => Number.isInteger(size) && size > 0);
  if (isWhole && more === undefined && rows * columns <= mostPixels) return [rows, columns];
  throw new OptionError(
    "shape",
    shape,
    "is to be [rows, columns] of the frames that will come, which the protocol does not tell",
  );
}

function atLeast(name: string, value: number, least: number): number {
  if (value >= least) return value;
  throw new OptionError(name, value, `is to be a number from ${least}`);
}
