import { CakelabError, OptionError, StreamError } from "../../errors.js";
import { recycle } from "../../host/uninitialized.js";
import { checkOptionNames } from "../../option-names.js";
import { FrameQueue, STREAM_OPTIONS } from "../frame-queue.js";
import type { FrameStream, StreamOptions } from "../frame-stream.js";
import { type Bridge, startBridge } from "./bridge.js";
import type { BridgeMessage } from "./bridge-messages.js";
import { decodeImage, type PvaImage } from "./decode-image.js";

/** Where an EPICS channel is looked for. */
export interface PvaOptions extends StreamOptions {
  /**
   * Address of the machine that serves the channel: `"10.54.105.139"`, with a port if it is not 5076.
   * Default: whatever answers, as EPICS' environment variables say (`EPICS_PVA_ADDR_LIST`).
   */
  readonly server?: string;
  /**
   * The Python that has the library p4p. Default: that of the environment variable `CAKELAB_PYTHON`,
   * else `"python3"`.
   */
  readonly python?: string;
}

/** Seconds after which a channel that nobody serves is told of. */
const patience = 5;

/**
 * The images of an EPICS channel (NTNDArray by PV Access), such as areaDetector's `…:Pva1:Image`, through
 * the Python library p4p. Their shape and type are those that each says; those that areaDetector packed
 * with LZ4, BSLZ4 or Blosc are unpacked. A channel that goes away is waited for.
 *
 * A frame's `number` is its `uniqueId`, also in the header, its `timestamp` that of the structure. PVA
 * itself leaves frames out where the network or the reader is slower than the detector; gaps between
 * unique ids are told of.
 *
 * @throws OptionError; StreamError where Python or p4p is missing, or the channel is none of images.
 */
export async function pvaStream(channel: string, options: PvaOptions = {}): Promise<FrameStream> {
  checkOptionNames(options, [...STREAM_OPTIONS, "server", "python"]);
  if (channel === "" || /\s/.test(channel)) {
    throw new OptionError("channel", channel, "is to be the name of an EPICS channel");
  }
  const name = `pva://${channel}`;
  const { server, python, queue: most = 16 } = options;
  const bridge = await startBridge({ name, channel, server, python, queue: most });
  const queue = new FrameQueue(name, options);
  queue.onStop(() => bridge.stop());
  void new Channel(name, queue, bridge).run();
  return queue;
}

/** Takes what a bridge says of one channel. */
class Channel {
  readonly #name: string;
  readonly #queue: FrameQueue;
  readonly #bridge: Bridge;
  /** The last unique id, and how far it was from the one before. */
  #last: number | undefined;
  #step = 0;
  #isConnected = false;

  constructor(name: string, queue: FrameQueue, bridge: Bridge) {
    this.#name = name;
    this.#queue = queue;
    this.#bridge = bridge;
  }

  async run(): Promise<void> {
    const late = setTimeout(() => this.#tellLate(), 1000 * patience);
    try {
      for await (const message of this.#bridge.messages) {
        await this.#take(message);
        await this.#queue.room();
        if (this.#queue.isOver) break;
      }
      this.#queue.end();
    } catch (error) {
      this.#queue.end(error);
    } finally {
      clearTimeout(late);
    }
  }

  #tellLate(): void {
    if (this.#isConnected || this.#queue.isOver) return;
    this.#queue.tell(
      new StreamError(
        this.#name,
        `nobody has served this channel for ${patience} s, and it is still waited for; check its name, the address of its server, and firewalls (UDP 5076)`,
      ),
    );
  }

  async #take({ header, payload }: BridgeMessage): Promise<void> {
    switch (header.kind) {
      case "disconnected":
        if (this.#isConnected) {
          this.#queue.tell(
            new StreamError(
              this.#name,
              `its server went away (${header.reason}); it is waited for`,
            ),
          );
        }
        this.#isConnected = false;
        return;
      case "no-image":
        throw new StreamError(
          this.#name,
          `is a channel of ${header.type}, and images are epics:nt/NTNDArray:1.0; name that of areaDetector's PVA plugin, such as 13SIM1:Pva1:Image`,
        );
      case "bad":
        this.#isConnected = true;
        this.#queue.bad(new StreamError(this.#name, `left out: ${header.reason}`), 0);
        return;
      case "image":
        this.#isConnected = true;
        await this.#takeImage(header as unknown as ImageHeader, payload);
    }
  }

  async #takeImage(header: ImageHeader, payload: Uint8Array): Promise<void> {
    const { uniqueId, seconds } = header;
    // A channel that has had no image yet serves an empty one.
    if (payload.length === 0 && header.dimensions.length === 0) return;
    this.#noteGap(uniqueId);
    const source = `${this.#name}#${uniqueId}`;
    try {
      const image = await decodeImage(source, header, payload);
      if (image.data.buffer !== payload.buffer) recycle(payload);
      this.#queue.put({
        ...image,
        header: { uniqueId: String(uniqueId) },
        number: uniqueId,
        timestamp: seconds > 0 ? seconds : Date.now() / 1000,
        source,
      });
    } catch (error) {
      if (!(error instanceof CakelabError)) throw error;
      this.#queue.bad(error, payload.length);
    }
  }

  /** Tells of ids that did not come, where they come one by one otherwise. */
  #noteGap(uniqueId: number): void {
    const step = this.#last === undefined ? 0 : uniqueId - this.#last;
    if (this.#step === 1 && step > 1) {
      this.#queue.tell(
        new StreamError(
          this.#name,
          `${step - 1} frames after #${this.#last} did not come: the detector was faster than the network or the reader`,
        ),
      );
    }
    this.#last = uniqueId;
    // One gap is not to hide the next.
    if (step > 0) this.#step = this.#step === 1 && step > 1 && step < 1000 ? 1 : step;
  }
}

interface ImageHeader extends PvaImage {
  readonly uniqueId: number;
  readonly seconds: number;
}
