import { readFileSync } from "node:fs";
import { FileFormatError } from "../../src/errors.js";

const PORTS = ["shell_port", "iopub_port", "stdin_port", "control_port", "hb_port"] as const;

/** Where a kernel is to listen, and the secret that it shares with its clients. */
export interface Connection extends Record<(typeof PORTS)[number], number> {
  transport: "tcp" | "ipc";
  ip: string;
  /** Empty where messages are not signed. */
  key: string;
  signature_scheme: string;
  /** The keys of CurveZMQ, where the client encrypts. */
  curve_publickey?: string;
  curve_secretkey?: string;
}

/**
 * Reads the connection file that Jupyter writes for a kernel.
 *
 * @throws FileFormatError if it lacks a field or one is not of its kind.
 */
export function readConnectionFile(path: string): Connection {
  const fields = parse(path);
  const wrong = (name: string, expected: string): FileFormatError =>
    new FileFormatError(path, `${name} is to be ${expected}; let Jupyter write the file`);
  for (const name of PORTS) {
    const port = fields[name];
    if (!Number.isInteger(port)) throw wrong(name, "a port");
  }
  if (fields.transport !== "tcp" && fields.transport !== "ipc") {
    throw wrong("transport", '"tcp" or "ipc"');
  }
  for (const name of ["ip", "key"]) {
    if (typeof fields[name] !== "string") throw wrong(name, "a text");
  }
  const scheme = fields.signature_scheme ?? "hmac-sha256";
  if (!/^hmac-\w+$/.test(String(scheme))) throw wrong("signature_scheme", '"hmac-sha256"');
  return { ...fields, signature_scheme: scheme } as unknown as Connection;
}

function parse(path: string): Record<string, unknown> {
  const text = readFileSync(path, "utf8");
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch (cause) {
    throw new FileFormatError(path, "this is no JSON; let Jupyter write the file", { cause });
  }
}

/** The address of a socket: the connection's own interface and no other. */
export function address({ transport, ip }: Connection, port: number): string {
  return transport === "tcp" ? `tcp://${ip}:${port}` : `ipc://${ip}-${port}`;
}
