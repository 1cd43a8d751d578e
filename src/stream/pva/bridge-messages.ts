import { CakelabError } from "../../errors.js";
import { nodeModule } from "../../host/node.js";
import { uninitializedBytes } from "../../host/uninitialized.js";

/** What the bridge says: a header, and the pixels that belong to it. */
export interface BridgeMessage {
  readonly header: Readonly<Record<string, unknown>>;
  readonly payload: Uint8Array;
}

/** Bytes that are no messages of the bridge. */
export class BridgeError extends CakelabError {
  readonly tag = "bridge";
}

const MAGIC = 0x5650_4c43;
const PREFIX_BYTES = 20;
const mostHeaderBytes = 2 ** 20;
const mostPayloadBytes = 2 ** 30;

/** Puts messages together from the pieces in which they come; pixels are copied once. */
export class BridgeReader {
  #stage: "prefix" | "header" | "payload" = "prefix";
  #memory = new Uint8Array(PREFIX_BYTES);
  #at = 0;
  #checksum = 0;
  #payloadBytes = 0;
  #header: BridgeMessage["header"] = {};

  /**
   * The messages that a piece completes.
   *
   * @throws BridgeError
   */
  *read(piece: Uint8Array): Generator<BridgeMessage, void, undefined> {
    for (let from = 0; from < piece.length; ) {
      const bytes = Math.min(piece.length - from, this.#memory.length - this.#at);
      this.#memory.set(piece.subarray(from, from + bytes), this.#at);
      this.#at += bytes;
      from += bytes;
      if (this.#at < this.#memory.length) return;
      const message = this.#complete();
      if (message !== undefined) yield message;
    }
  }

  #complete(): BridgeMessage | undefined {
    const memory = this.#memory;
    if (this.#stage === "prefix") {
      const view = new DataView(memory.buffer, memory.byteOffset, memory.length);
      const headerBytes = view.getUint32(4, true);
      this.#payloadBytes = Number(view.getBigUint64(8, true));
      this.#checksum = view.getUint32(16, true);
      const isMessage = view.getUint32(0, true) === MAGIC && headerBytes <= mostHeaderBytes;
      if (!isMessage || headerBytes === 0 || this.#payloadBytes > mostPayloadBytes) {
        throw new BridgeError("what came is no message of the bridge");
      }
      this.#begin("header", new Uint8Array(headerBytes));
      return undefined;
    }
    if (this.#stage === "header") {
      if (nodeModule("node:zlib").crc32(memory) !== this.#checksum) {
        throw new BridgeError("a message was changed on its way (its checksum is another)");
      }
      this.#header = JSON.parse(new TextDecoder().decode(memory)) as BridgeMessage["header"];
      if (this.#payloadBytes > 0) {
        this.#begin("payload", uninitializedBytes(this.#payloadBytes));
        return undefined;
      }
    }
    const payload = this.#stage === "payload" ? memory : new Uint8Array(0);
    this.#begin("prefix", new Uint8Array(PREFIX_BYTES));
    return { header: this.#header, payload };
  }

  #begin(stage: "prefix" | "header" | "payload", memory: Uint8Array): void {
    this.#stage = stage;
    this.#memory = memory as Uint8Array<ArrayBuffer>;
    this.#at = 0;
  }
}
