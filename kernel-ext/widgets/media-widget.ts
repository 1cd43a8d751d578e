import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import { FileAccessError } from "../../src/errors.js";
import type { Binary } from "../comm/buffers.js";
import { DOMWidget } from "./dom-widget.js";
import { bytesOf } from "./trait-check.js";

/** A picture, sound or film from bytes. */
export abstract class MediaWidget extends DOMWidget {
  /** The bytes of the file, or of its address where `format` is `"url"`. */
  get value(): Uint8Array {
    return this.get("value") as Uint8Array;
  }
  set value(value: Binary) {
    this.set({ value: bytesOf(value) });
  }
  /** Such as `"png"`, or `"url"`. */
  declare format: string;

  /**
   * Shows a file instead; its name's ending tells its format.
   *
   * @throws FileAccessError when it cannot be read.
   */
  async setFromFile(path: string): Promise<void> {
    const ending = extname(path).slice(1).toLowerCase();
    let value: Uint8Array;
    try {
      value = await readFile(path);
    } catch (cause) {
      throw new FileAccessError(path, "it cannot be read; check the path", { cause });
    }
    const renamed: Record<string, string> = { jpg: "jpeg", svg: "svg+xml", "": this.format };
    this.set({ value, format: renamed[ending] ?? ending });
  }

  /** Shows what lies at an address instead; the browser fetches it. */
  setFromUrl(url: string): void {
    this.set({ value: new TextEncoder().encode(url), format: "url" });
  }
}
