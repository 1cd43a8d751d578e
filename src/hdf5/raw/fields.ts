import type { FileSource } from "../../image/file-source.js";

/** Thrown where the file's own structures are not as expected; HDF5's library then has its say. */
export class NotUnderstood extends Error {}

/** Thrown where a dataset has no place in its file yet. */
export class NothingWritten extends NotUnderstood {}

/** Little-endian fields of a part of a file, read one after the other. */
export class Fields {
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  get left(): number {
    return this.#view.byteLength - this.#at;
  }

  skip(bytes: number): void {
    this.#need(bytes);
    this.#at += bytes;
  }

  u8(): number {
    this.#need(1);
    return this.#view.getUint8(this.#at++);
  }

  u16(): number {
    this.#need(2);
    this.#at += 2;
    return this.#view.getUint16(this.#at - 2, true);
  }

  u32(): number {
    this.#need(4);
    this.#at += 4;
    return this.#view.getUint32(this.#at - 4, true);
  }

  /** An integer of 1 to 8 bytes that a double holds exactly. */
  integer(bytes: number): number {
    this.#need(bytes);
    let value = 0;
    for (let i = bytes - 1; i >= 0; i--) value = value * 256 + this.#view.getUint8(this.#at + i);
    this.#at += bytes;
    if (value > Number.MAX_SAFE_INTEGER) throw new NotUnderstood("a number beyond 2^53");
    return value;
  }

  /** An address of 8 bytes; `undefined` for the one that means none. */
  address(): number | undefined {
    this.#need(8);
    if (this.#view.getBigUint64(this.#at, true) === 0xffff_ffff_ffff_ffffn) {
      this.#at += 8;
      return undefined;
    }
    return this.integer(8);
  }

  expect(signature: string): void {
    for (const char of signature) {
      if (this.u8() !== char.charCodeAt(0)) throw new NotUnderstood(`no ${signature} here`);
    }
  }

  part(bytes: number): Fields {
    this.#need(bytes);
    const from = this.#view.byteOffset + this.#at;
    this.#at += bytes;
    return new Fields(new Uint8Array(this.#view.buffer, from, bytes));
  }

  #need(bytes: number): void {
    if (bytes > this.left) throw new NotUnderstood("a structure that ends early");
  }
}

/** A part of a file. */
export async function fieldsAt(source: FileSource, at: number, bytes: number): Promise<Fields> {
  if (at + bytes > source.size) throw new NotUnderstood("a structure beyond the file's end");
  return new Fields(await source.read(at, bytes));
}
