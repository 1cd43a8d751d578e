import { OutputError } from "../errors.js";
import { nodeModule } from "../host/node.js";
import { StagedWriter } from "../host/staged-writer.js";

interface Member {
  readonly name: Uint8Array;
  readonly checksum: number;
  readonly bytes: number;
  readonly offset: number;
}

/** Values from here on are written in 64 bits. */
const MOST_32 = 0xffffffff;
const MOST_16 = 0xffff;
const MADE_BY_UNIX = 3 << 8;
/** Names are UTF-8. */
const FLAGS = 1 << 11;
/** 1980-01-01, the earliest day that the format has: the same content gives the same file. */
const DAY = 0x21;

/**
 * Writes a ZIP archive of members as they are, not packed, whole or not at all.
 *
 * @see PKWARE's APPNOTE.TXT 6.3.10; ZIP64 where sizes or counts need it
 */
export class ZipFile {
  readonly #path: string;
  readonly #file: StagedWriter;
  readonly #members: Member[] = [];

  private constructor(path: string, file: StagedWriter) {
    this.#path = path;
    this.#file = file;
  }

  /** @throws OutputError */
  static async create(path: string): Promise<ZipFile> {
    return new ZipFile(path, await StagedWriter.create(path));
  }

  /**
   * Adds a member of less than 4 GiB, whose name has not been used before.
   *
   * @throws OutputError
   */
  async add(name: string, content: Uint8Array): Promise<void> {
    if (content.length >= MOST_32) {
      throw new OutputError(this.#path, `not written: ${name} has more than 4 GiB`);
    }
    const member = {
      name: new TextEncoder().encode(name),
      checksum: nodeModule("node:zlib").crc32(content),
      bytes: content.length,
      offset: this.#file.end,
    };
    const head = new Bytes(30);
    head.u32(0x04034b50).u16(20).u16(FLAGS).u16(0).u16(0).u16(DAY);
    head.u32(member.checksum).u32(content.length).u32(content.length);
    head.u16(member.name.length).u16(0);
    await this.#file.write(head.bytes, member.name, content);
    this.#members.push(member);
  }

  /** Writes the list of members, and gives the file its name. @throws OutputError */
  async commit(): Promise<void> {
    const start = this.#file.end;
    const count = this.#members.length;
    for (const { name, checksum, bytes, offset } of this.#members) {
      const isFar = offset >= MOST_32;
      const entry = new Bytes(46 + (isFar ? 12 : 0) + name.length);
      const version = isFar ? 45 : 20;
      entry
        .u32(0x02014b50)
        .u16(MADE_BY_UNIX + version)
        .u16(version)
        .u16(FLAGS)
        .u16(0)
        .u16(0);
      entry
        .u16(DAY)
        .u32(checksum)
        .u32(bytes)
        .u32(bytes)
        .u16(name.length)
        .u16(isFar ? 12 : 0);
      entry
        .u16(0)
        .u16(0)
        .u16(0)
        .u32(0o100644 * 2 ** 16)
        .u32(Math.min(offset, MOST_32));
      entry.copy(name);
      if (isFar) entry.u16(1).u16(8).u64(offset);
      await this.#file.write(entry.bytes);
    }
    const size = this.#file.end - start;
    if (count >= MOST_16 || start >= MOST_32 || size >= MOST_32) {
      const far = new Bytes(56 + 20);
      far
        .u32(0x06064b50)
        .u64(44)
        .u16(MADE_BY_UNIX + 45)
        .u16(45)
        .u32(0)
        .u32(0);
      far.u64(count).u64(count).u64(size).u64(start);
      far.u32(0x07064b50).u32(0).u64(this.#file.end).u32(1);
      await this.#file.write(far.bytes);
    }
    const end = new Bytes(22);
    end.u32(0x06054b50).u16(0).u16(0).u16(Math.min(count, MOST_16)).u16(Math.min(count, MOST_16));
    end.u32(Math.min(size, MOST_32)).u32(Math.min(start, MOST_32)).u16(0);
    await this.#file.write(end.bytes);
    await this.#file.commit();
  }

  /** Gives it up; after `commit` it does nothing. */
  discard(): Promise<void> {
    return this.#file.discard();
  }
}

/** Little-endian numbers one after the other. */
class Bytes {
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(length: number) {
    this.bytes = new Uint8Array(length);
    this.#view = new DataView(this.bytes.buffer);
  }

  u16(value: number): this {
    this.#view.setUint16(this.#at, value, true);
    this.#at += 2;
    return this;
  }

  u32(value: number): this {
    this.#view.setUint32(this.#at, value, true);
    this.#at += 4;
    return this;
  }

  u64(value: number): this {
    this.#view.setBigUint64(this.#at, BigInt(value), true);
    this.#at += 8;
    return this;
  }

  copy(part: Uint8Array): this {
    this.bytes.set(part, this.#at);
    this.#at += part.length;
    return this;
  }
}
