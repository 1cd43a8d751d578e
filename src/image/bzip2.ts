/**
 * Decodes bzip2 data (one or several streams one after the other), and never to more than `limit`
 * bytes. Checksums of blocks are compared.
 *
 * @throws Error for data that are damaged, or longer than the limit.
 * @see The format as Joe Tsai wrote it down, https://github.com/dsnet/compress/blob/master/doc/bzip2-format.pdf
 */
export function bunzip2(data: Uint8Array, limit: number): Uint8Array {
  const bits = new BitReader(data);
  const output = new Output(limit);
  do {
    readStream(bits, output);
    bits.align();
  } while (bits.hasMore() && bits.peekIs(streamMagic));
  return output.bytes();
}

/** `BZh`, which a level from 1 to 9 follows. */
const streamMagic: readonly number[] = [0x42, 0x5a, 0x68];
const blockMagic = 0x314159265359;
const endMagic = 0x177245385090;
const maxCodeLength = 20;
const symbolsOfGroup = 50;

function readStream(bits: BitReader, output: Output): void {
  for (const byte of streamMagic) if (bits.read(8) !== byte) throw damaged();
  const level = bits.read(8) - 0x30;
  if (level < 1 || level > 9) throw damaged();
  const block = new Uint32Array(level * 100_000);
  for (;;) {
    const magic = bits.read(24) * 2 ** 24 + bits.read(24);
    const checksum = bits.read(16) * 2 ** 16 + bits.read(16);
    if (magic === endMagic) return;
    if (magic !== blockMagic) throw damaged();
    if (readBlock(bits, block, output) !== checksum) {
      throw new Error("its bzip2 data are damaged (a checksum does not fit)");
    }
  }
}

/** One block into the output; its checksum. */
function readBlock(bits: BitReader, block: Uint32Array, output: Output): number {
  if (bits.read(1) === 1) throw new Error("its bzip2 data are of a kind that is no longer in use");
  const origin = bits.read(24);
  const symbols = readSymbolsUsed(bits);
  const alphabet = symbols.length + 2;
  const tableCount = bits.read(3);
  if (tableCount < 2 || tableCount > 6) throw damaged();
  const selectors = readSelectors(bits, tableCount);
  const tables = Array.from({ length: tableCount }, () => readTable(bits, alphabet));
  const count = moveToFront(bits, { block, symbols, selectors, tables });
  if (origin >= count) throw damaged();
  return output.writeBlock(block, count, origin);
}

function readSymbolsUsed(bits: BitReader): Uint8Array {
  const groups = bits.read(16);
  const used: number[] = [];
  for (let group = 0; group < 16; group++) {
    if ((groups & (0x8000 >> group)) === 0) continue;
    const members = bits.read(16);
    for (let i = 0; i < 16; i++) if (members & (0x8000 >> i)) used.push(16 * group + i);
  }
  if (used.length === 0) throw damaged();
  return Uint8Array.from(used);
}

function readSelectors(bits: BitReader, tables: number): Uint8Array {
  const count = bits.read(15);
  if (count === 0) throw damaged();
  const order = Array.from({ length: tables }, (_, i) => i);
  const selectors = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    let place = 0;
    while (bits.read(1) === 1) if (++place >= tables) throw damaged();
    const [table] = order.splice(place, 1);
    order.unshift(table!);
    selectors[i] = table!;
  }
  return selectors;
}

/** A Huffman table: of each code length the last code, what to add to it, and the symbols in order. */
interface Table {
  readonly limits: Int32Array;
  readonly offsets: Int32Array;
  readonly sorted: Uint16Array;
}

function readTable(bits: BitReader, alphabet: number): Table {
  const lengths = new Uint8Array(alphabet);
  let length = bits.read(5);
  for (let i = 0; i < alphabet; i++) {
    for (;;) {
      if (length < 1 || length > maxCodeLength) throw damaged();
      if (bits.read(1) === 0) break;
      length += bits.read(1) === 0 ? 1 : -1;
    }
    lengths[i] = length;
  }
  const limits = new Int32Array(maxCodeLength + 1).fill(-1);
  const offsets = new Int32Array(maxCodeLength + 1);
  const sorted = new Uint16Array(alphabet);
  let code = 0;
  let place = 0;
  for (let bit = 1; bit <= maxCodeLength; bit++) {
    code <<= 1;
    offsets[bit] = place - code;
    for (let symbol = 0; symbol < alphabet; symbol++) {
      if (lengths[symbol] !== bit) continue;
      sorted[place++] = symbol;
      code++;
    }
    if (code > 1 << bit) throw damaged();
    limits[bit] = code - 1;
  }
  return { limits, offsets, sorted };
}

/** Undoes Huffman, run-length and move-to-front coding; the number of bytes that the block has. */
function moveToFront(
  bits: BitReader,
  coded: {
    block: Uint32Array;
    symbols: Uint8Array;
    selectors: Uint8Array;
    tables: readonly Table[];
  },
): number {
  const { block, symbols, selectors, tables } = coded;
  const end = symbols.length + 1;
  const front = symbols.slice();
  let count = 0;
  let run = 0;
  let weight = 1;
  for (let decoded = 0; ; decoded++) {
    const selector = selectors[Math.floor(decoded / symbolsOfGroup)];
    if (selector === undefined) throw damaged();
    const { limits, offsets, sorted } = tables[selector]!;
    let length = 1;
    let code = bits.read(1);
    while (code > limits[length]!) {
      if (++length > maxCodeLength) throw damaged();
      code = (code << 1) | bits.read(1);
    }
    const symbol = sorted[code + offsets[length]!];
    if (symbol === undefined) throw damaged();
    if (symbol < 2) {
      // A run is written in bijective base 2, low digit first.
      run += weight << symbol;
      weight *= 2;
      if (run > block.length) throw damaged();
      continue;
    }
    if (run > 0) {
      if (count + run > block.length) throw damaged();
      block.fill(front[0]!, count, count + run);
      count += run;
      run = 0;
      weight = 1;
    }
    if (symbol === end) return count;
    if (count === block.length) throw damaged();
    const byte = front[symbol - 1]!;
    front.copyWithin(1, 0, symbol - 1);
    front[0] = byte;
    block[count++] = byte;
  }
}

/** Bytes that grow up to a limit. */
class Output {
  readonly #limit: number;
  #data = new Uint8Array(2 ** 20);
  #length = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  bytes(): Uint8Array {
    return this.#data.subarray(0, this.#length);
  }

  /** Undoes the Burrows–Wheeler transform and the first run-length coding; the block's checksum. */
  writeBlock(block: Uint32Array, count: number, origin: number): number {
    const starts = new Int32Array(257);
    for (let i = 0; i < count; i++) starts[block[i]! + 1]!++;
    for (let byte = 0; byte < 256; byte++) starts[byte + 1]! += starts[byte]!;
    // The low byte of each word is a byte of the block, the rest a pointer to the one that follows.
    for (let i = 0; i < count; i++) {
      const place = starts[block[i]! & 0xff]!++;
      block[place] = block[place]! | (i << 8);
    }
    let checksum = 0xffff_ffff;
    let next = block[origin]! >>> 8;
    let previous = -1;
    let equal = 0;
    for (let i = 0; i < count; i++) {
      const word = block[next]!;
      const byte = word & 0xff;
      next = word >>> 8;
      if (equal === 4) {
        this.#reserve(byte);
        this.#data.fill(previous, this.#length, this.#length + byte);
        this.#length += byte;
        for (let k = 0; k < byte; k++) {
          checksum = (checksum << 8) ^ crcTable[(checksum >>> 24) ^ previous]!;
        }
        equal = 0;
        previous = -1;
        continue;
      }
      equal = byte === previous ? equal + 1 : 1;
      previous = byte;
      this.#reserve(1);
      this.#data[this.#length++] = byte;
      checksum = (checksum << 8) ^ crcTable[(checksum >>> 24) ^ byte]!;
    }
    return ~checksum >>> 0;
  }

  #reserve(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#data.length) return;
    if (needed > this.#limit) {
      throw new Error(
        `its bzip2 data become more than ${this.#limit} bytes; unpack it with bunzip2`,
      );
    }
    const larger = new Uint8Array(Math.min(Math.max(2 * this.#data.length, needed), this.#limit));
    larger.set(this.#data.subarray(0, this.#length));
    this.#data = larger;
  }
}

/** CRC-32 with the most significant bit first, as bzip2 counts it. */
const crcTable: Uint32Array = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 24;
  for (let bit = 0; bit < 8; bit++) value = (value << 1) ^ (value < 0 ? 0x04c1_1db7 : 0);
  return value;
});

/** Bits, the most significant of each byte first. */
class BitReader {
  readonly #data: Uint8Array;
  #at = 0;
  #bits = 0;
  #available = 0;

  constructor(data: Uint8Array) {
    this.#data = data;
  }

  /** @param count 1 to 24 */
  read(count: number): number {
    while (this.#available < count) {
      if (this.#at === this.#data.length) throw new Error("its bzip2 data end too early");
      this.#bits = (this.#bits << 8) | this.#data[this.#at++]!;
      this.#available += 8;
    }
    this.#available -= count;
    const value = (this.#bits >>> this.#available) & (2 ** count - 1);
    this.#bits &= (1 << this.#available) - 1;
    return value;
  }

  align(): void {
    this.#available = 0;
    this.#bits = 0;
  }

  hasMore(): boolean {
    return this.#at < this.#data.length;
  }

  peekIs(bytes: readonly number[]): boolean {
    return bytes.every((byte, i) => this.#data[this.#at + i] === byte);
  }
}

function damaged(): Error {
  return new Error("its bzip2 data are damaged");
}
