/**
 * Decodes Zstandard (RFC 8878) with geotiff's decoder, which allocates whatever the data ask for:
 * so the blocks are walked first, and data that can become more than a block of pixels are refused.
 *
 * @throws Error for data that are damaged or too large.
 */
export async function decodeZstd(
  data: Uint8Array,
  _length: number,
  limit: number,
): Promise<Uint8Array> {
  const { declared, atMost } = decodedSize(data);
  // An encoder that streams declares nothing, and flushes blocks that are not full.
  if (declared === undefined ? atMost > 2 * limit + 2 ** 20 : declared > limit) {
    throw new Error(`its zstd data become ${declared ?? atMost} bytes where ${limit} are expected`);
  }
  const { getDecoder } = await import("geotiff");
  const decoder = await getDecoder(50000, {
    tileWidth: 1,
    tileHeight: 1,
    predictor: 1,
    bitsPerSample: 8,
    planarConfiguration: 1,
  });
  const decoded = new Uint8Array(await decoder.decode(new Uint8Array(data).buffer));
  if (declared !== undefined && decoded.length !== declared)
    throw new Error("its zstd data are damaged");
  return decoded;
}

/** The size that the frame header declares, and the most that the blocks can become. */
function decodedSize(data: Uint8Array): { declared: number | undefined; atMost: number } {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const damaged = (): Error => new Error("its zstd data are damaged");
  if (data.length < 9 || view.getUint32(0, true) !== 0xfd2fb528) throw damaged();
  const descriptor = view.getUint8(4);
  const singleSegment = (descriptor >> 5) & 1;
  let at = 5 + (1 - singleSegment) + [0, 1, 2, 4][descriptor & 3]!;
  const sizeBytes = [singleSegment, 2, 4, 8][descriptor >> 6]!;
  if (at + sizeBytes + 3 > data.length) throw damaged();
  let declared: number | undefined;
  if (sizeBytes === 1) declared = view.getUint8(at);
  if (sizeBytes === 2) declared = view.getUint16(at, true) + 256;
  if (sizeBytes === 4) declared = view.getUint32(at, true);
  if (sizeBytes === 8) declared = Number(view.getBigUint64(at, true));
  at += sizeBytes;

  let atMost = 0;
  for (let last = false; !last; ) {
    if (at + 3 > data.length) throw damaged();
    const header = view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
    const size = header >> 3;
    const kind = (header >> 1) & 3;
    last = (header & 1) === 1;
    // Kind 1 is one byte repeated `size` times; a compressed block becomes 128 KiB at most.
    atMost += kind === 2 ? 2 ** 17 : size;
    at += 3 + (kind === 1 ? 1 : size);
  }
  // A checksum may follow; a second frame would escape the count.
  if (at + (descriptor & 4) !== data.length) throw damaged();
  return { declared, atMost };
}
