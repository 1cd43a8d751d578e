import { OptionError } from "../../errors.js";
import { recycle } from "../../host/uninitialized.js";
import { checkOptionNames } from "../../option-names.js";
import { FrameQueue, STREAM_OPTIONS } from "../frame-queue.js";
import type { FrameStream, StreamOptions } from "../frame-stream.js";
import { MIDAS_PORT } from "./dtypes.js";
import { receiveElsewhere } from "./receive-elsewhere.js";
import {
  endpoint,
  type FrameSink,
  type Receiver,
  type Reception,
  receiveFrames,
} from "./receive-frames.js";

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
  const { host = "127.0.0.1", port = MIDAS_PORT, signed = false, reuse = false } = options;
  if (!(Number.isInteger(port) && port >= 0 && port < 65536)) {
    throw new OptionError("port", port, `is to be a whole number from 0 to 65535, not ${port}`);
  }
  const reception: Reception = {
    host,
    port,
    shape: checkShape(options.shape),
    signed,
    clientTimeout: atLeast("clientTimeout", options.clientTimeout ?? 30, 0.001),
    mostClients: atLeast("clients", options.clients ?? 32, 1),
    isShared: reuse,
  };
  const queue = new FrameQueue(endpoint(host, port), options);
  try {
    return await listen(queue, reception);
  } catch (error) {
    queue.end();
    throw error;
  }
}

async function listen(queue: FrameQueue, reception: Reception): Promise<FrameServer> {
  let clients = 0;
  const sink: FrameSink = {
    put: (frame) => queue.put(frame),
    bad: (trouble, bytes) => queue.bad(trouble, bytes),
    tell: (trouble) => queue.tell(trouble),
    count(now) {
      clients = now;
    },
    get hasRoom() {
      return queue.hasRoom;
    },
    room: () => queue.room(),
  };
  const receiver =
    (await receiveElsewhere(reception, sink, (failure) => queue.end(failure))) ??
    (await receiveHere(reception, sink));
  queue.onGiveBack((data) => receiver.giveBack(data));
  queue.onStop(() => receiver.close());
  const { host } = reception;
  return {
    name: endpoint(host, receiver.port),
    host,
    port: receiver.port,
    get clients() {
      return clients;
    },
    get counts() {
      return queue.counts;
    },
    close: () => queue.close(),
    [Symbol.asyncIterator]: () => queue[Symbol.asyncIterator](),
  };
}

async function receiveHere(reception: Reception, sink: FrameSink): Promise<Receiver> {
  const receiver = await receiveFrames({ ...reception, isShared: false }, sink);
  return { ...receiver, giveBack: recycle };
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
