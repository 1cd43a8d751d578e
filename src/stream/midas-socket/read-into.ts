import { nodeModule } from "../../host/node.js";

type Socket = import("node:net").Socket;

/** Memory that a connection is read into. */
export interface Sink {
  /** Where the next bytes are to go; never empty. */
  target(): Uint8Array;
  /** That so many have come; `false` stops reading until `resume`. */
  filled(bytes: number): boolean;
}

/** A connection that is being read. */
export interface Inflow {
  /** For its other events and to destroy it; its data and its end do not come here. */
  readonly socket: Socket;
  resume(): void;
  /** Calls when the other side has ended, and all of its bytes have come. */
  onEnd(call: () => void): void;
}

/** What Node gives its own sockets. */
interface Handled {
  _handle?: unknown;
}

/**
 * Reads a connection that a server has accepted, and paused, into the caller's memory.
 *
 * Node's `onread` does so without a buffer and a copy for every 64 KiB, at a third of the time for
 * frames of megabytes (0.8 ms instead of 2.4 for 4 MiB), but only for sockets that one makes oneself:
 * so the connection's handle moves over to such a one. That is not in Node's manual; where there is no
 * handle, the usual way goes.
 *
 * The server is to have `allowHalfOpen`: else a connection that has ended is destroyed before all of it
 * has been taken.
 *
 * @param own whether the handle may be used
 */
export function readInto(accepted: Socket, sink: Sink, own = true): Inflow {
  const handle = own ? (accepted as Handled)._handle : undefined;
  if (handle === undefined || handle === null) return copyInto(accepted, sink);
  (accepted as Handled)._handle = null;
  // Its server counts it as gone then.
  accepted.destroy();
  const { Socket } = nodeModule("node:net");
  const socket = new Socket({
    handle,
    allowHalfOpen: true,
    onread: { buffer: () => sink.target(), callback: (bytes: number) => sink.filled(bytes) },
  } as import("node:net").SocketConstructorOpts);
  socket.resume();
  return {
    socket,
    resume: () => socket.resume(),
    onEnd: (call) => void socket.on("end", call),
  };
}

function copyInto(socket: Socket, sink: Sink): Inflow {
  let rest = new Uint8Array(0);
  let hasEnded = false;
  let tell = (): void => {};
  const pour = (): void => {
    while (rest.length > 0) {
      const target = sink.target();
      const bytes = Math.min(rest.length, target.length);
      target.set(rest.subarray(0, bytes));
      rest = rest.subarray(bytes);
      if (!sink.filled(bytes)) {
        socket.pause();
        return;
      }
    }
    if (hasEnded) tell();
    else socket.resume();
  };
  socket.on("data", (bytes: Uint8Array<ArrayBuffer>) => {
    rest = bytes;
    pour();
  });
  // This comes although it is paused.
  socket.on("end", () => {
    hasEnded = true;
    if (rest.length === 0) tell();
  });
  socket.resume();
  return {
    socket,
    resume: pour,
    onEnd(call) {
      tell = call;
    },
  };
}
