/** Who sent a message, when, and of what type; the names are those of Jupyter's protocol. */
export interface Header {
  msg_id: string;
  msg_type: string;
  session: string;
  username: string;
  /** ISO 8601. */
  date: string;
  /** Of the protocol. */
  version: string;
}

/** The part of a message that says what it is about; its fields depend on `header.msg_type`. */
export type Content = Record<string, unknown>;

/** A message that the kernel has received, its signature verified. */
export interface Message {
  header: Header;
  /** The header of the message that this one answers; empty where it answers none. */
  parentHeader: Partial<Header>;
  metadata: Record<string, unknown>;
  content: Content;
  /** Binary data, as it came; each part has memory of its own. */
  buffers: Uint8Array[];
}

/** The sockets on which requests come and replies go. */
export type RequestChannel = "shell" | "control" | "stdin";

/** The sockets that messages go to. */
export type Channel = RequestChannel | "iopub";
