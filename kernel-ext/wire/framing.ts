import type { Content, Header, Message } from "../protocol/messages.js";
import type { ReplayGuard } from "./replay-guard.js";
import type { Signer } from "./signature.js";

const DELIMITER = Buffer.from("<IDS|MSG>");

/** No request is larger than this, all its frames together. */
export const MOST_BYTES: number = 64 * 2 ** 20;

/** Why frames are no message for this kernel; they are dropped. */
export class WireError extends Error {}

/** A message and the way back to who sent it. */
export interface Received {
  identities: Buffer[];
  message: Message;
}

/** The parts of a message to be sent; the texts are JSON. */
export interface Outgoing {
  header: string;
  parentHeader: string;
  metadata: string;
  content: string;
  buffers: readonly Uint8Array[];
}

/** The frames of a message, signed, to the client that `identities` names. */
export function encodeFrames(
  identities: readonly Uint8Array[],
  { header, parentHeader, metadata, content, buffers }: Outgoing,
  signer: Signer,
): Uint8Array[] {
  const parts = [header, parentHeader, metadata, content].map((text) => Buffer.from(text));
  const signature = Buffer.from(signer.sign(parts));
  return [...identities, DELIMITER, signature, ...parts, ...buffers];
}

/**
 * Reads the frames of a request.
 *
 * @throws WireError if they are too large, too few, wrongly signed, seen before or not JSON.
 */
export function decodeFrames(
  frames: readonly Buffer[],
  signer: Signer,
  replays: ReplayGuard,
): Received {
  const bytes = frames.reduce((sum, frame) => sum + frame.length, 0);
  if (bytes > MOST_BYTES) throw new WireError(`${bytes} bytes are more than ${MOST_BYTES}`);
  const start = frames.findIndex((frame) => frame.equals(DELIMITER));
  if (start < 0) throw new WireError("the delimiter <IDS|MSG> is missing");
  const [signature, ...parts] = frames.slice(start + 1, start + 6);
  if (signature === undefined || parts.length < 4) {
    throw new WireError(`${frames.length - start - 1} frames after the delimiter are too few`);
  }
  if (!signer.verify(parts, signature)) throw new WireError("the signature is wrong");
  if (signature.length > 0 && !replays.admit(signature.toString("latin1"))) {
    throw new WireError("the message was received before");
  }
  const [header, parentHeader, metadata, content] = parts.map(parseObject);
  if (typeof header?.msg_id !== "string" || typeof header.msg_type !== "string") {
    throw new WireError("the header names no msg_id and msg_type");
  }
  return {
    identities: frames.slice(0, start),
    message: {
      header: header as unknown as Header,
      parentHeader: parentHeader as Partial<Header>,
      metadata: metadata as Content,
      content: content as Content,
      // Copied out of the memory of the socket's library, so that it can go to another thread.
      buffers: frames.slice(start + 6).map((frame) => new Uint8Array(frame)),
    },
  };
}

function parseObject(part: Buffer): Content {
  let value: unknown;
  try {
    value = JSON.parse(part.toString());
  } catch {
    throw new WireError("a part is not JSON");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new WireError("a part is not a JSON object");
  }
  return value as Content;
}
