import { Reply, Router, XPublisher } from "zeromq";
import { address, type Connection } from "./connection-file.js";

/** The five sockets of a kernel. */
export interface Sockets {
  shell: Router;
  control: Router;
  stdin: Router;
  iopub: XPublisher;
  heartbeat: Reply;
}

/** How long a closed socket may still deliver what was sent. */
const LINGER_MS = 1000;
/** Messages that wait for a slow client before they are lost to it. */
const MOST_WAITING = 10_000;
/** A peer that announces a larger frame is disconnected before memory is taken for it. */
const LARGEST_FRAME = 256 * 2 ** 20;

/** Opens the sockets on the connection's own interface; all are bound, or none is. */
export async function bindSockets(connection: Connection): Promise<Sockets> {
  const { curve_publickey, curve_secretkey } = connection;
  const curve =
    curve_publickey !== undefined && curve_secretkey !== undefined
      ? { curveServer: true, curvePublicKey: curve_publickey, curveSecretKey: curve_secretkey }
      : {};
  const common = { linger: LINGER_MS, maxMessageSize: LARGEST_FRAME, ...curve };
  // A client that has lost its connection comes back under the name that it had.
  const router = { ...common, handover: true, sendHighWaterMark: MOST_WAITING };
  const sockets: Sockets = {
    shell: new Router(router),
    control: new Router(router),
    stdin: new Router(router),
    iopub: new XPublisher({ ...common, sendHighWaterMark: MOST_WAITING }),
    heartbeat: new Reply({ ...common, linger: 0 }),
  };
  sockets.iopub.verbosity = "allSubs";
  try {
    await sockets.shell.bind(address(connection, connection.shell_port));
    await sockets.control.bind(address(connection, connection.control_port));
    await sockets.stdin.bind(address(connection, connection.stdin_port));
    await sockets.iopub.bind(address(connection, connection.iopub_port));
    await sockets.heartbeat.bind(address(connection, connection.hb_port));
  } catch (error) {
    closeSockets(sockets);
    throw error;
  }
  return sockets;
}

/** Closes the sockets; what was sent is still delivered for a second. */
export function closeSockets(sockets: Sockets): void {
  for (const socket of Object.values(sockets)) socket.close();
}
