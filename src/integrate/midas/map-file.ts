import { FileFormatError } from "../../errors.js";
import type { MidasMap } from "./map.js";

const MAGIC = 0x3050414d; // "MAP0"
const VERSION = 3;
const HEADER_BYTES = 64;
const RECORD_BYTES = 24;
const BIN_BYTES = 8;
const RECORDS_PER_PART = 2 ** 20;

/** What stands before the records of a map of version 3. */
export interface MidasMapHeader {
  /** SHA-256 of the parameters (see `midasParameterHash`). */
  readonly hash: Uint8Array;
  /** Whether bins are equally wide in Q. */
  readonly isQ: boolean;
  /** Whether intensities are meant to be taken between pixels. */
  readonly isGradient: boolean;
  /** Ångströms; 0 = not known. */
  readonly wavelength: number;
}

/** A map as the content of Map.bin, in parts, little-endian. */
export function encodeMap(map: MidasMap, header: MidasMapHeader): Uint8Array[] {
  const parts = [encodeHeader(header)];
  for (let from = 0; from < map.y.length; from += RECORDS_PER_PART) {
    const count = Math.min(RECORDS_PER_PART, map.y.length - from);
    const view = new DataView(new ArrayBuffer(RECORD_BYTES * count));
    for (let i = 0; i < count; i++) {
      const at = RECORD_BYTES * i;
      view.setFloat32(at, map.y[from + i]!, true);
      view.setFloat32(at + 4, map.z[from + i]!, true);
      view.setFloat64(at + 8, map.frac[from + i]!, true);
      view.setFloat32(at + 16, map.deltaR[from + i]!, true);
      view.setFloat32(at + 20, map.areaWeight[from + i]!, true);
    }
    parts.push(new Uint8Array(view.buffer));
  }
  return parts;
}

/** Where the bins' records are, as the content of nMap.bin. */
export function encodeBins({ counts, offsets }: MidasMap, header: MidasMapHeader): Uint8Array[] {
  const view = new DataView(new ArrayBuffer(BIN_BYTES * counts.length));
  for (let bin = 0; bin < counts.length; bin++) {
    view.setInt32(BIN_BYTES * bin, counts[bin]!, true);
    view.setInt32(BIN_BYTES * bin + 4, offsets[bin]!, true);
  }
  return [encodeHeader(header), new Uint8Array(view.buffer)];
}

/** The marked bins as the content of maskMap.bin. */
export function encodeMaskedBins(masked: Uint8Array, header: MidasMapHeader): Uint8Array[] {
  const view = new DataView(new ArrayBuffer(4 * masked.length));
  for (let bin = 0; bin < masked.length; bin++) view.setInt32(4 * bin, masked[bin]!, true);
  return [encodeHeader(header), new Uint8Array(view.buffer)];
}

function encodeHeader({ hash, isQ, isGradient, wavelength }: MidasMapHeader): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, VERSION, true);
  bytes.set(hash, 8);
  bytes[40] = isQ ? 1 : 0;
  bytes[41] = isGradient ? 1 : 0;
  view.setFloat64(48, wavelength, true);
  return bytes;
}

/** Reads the header of any of the three files. */
export function decodeHeader(bytes: Uint8Array, path: string): MidasMapHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEADER_BYTES || view.getUint32(0, true) !== MAGIC) {
    throw new FileFormatError(
      path,
      `it does not begin as a MIDAS map of version ${VERSION} does; build it anew with cakelab midas-map`,
    );
  }
  const version = view.getUint32(4, true);
  if (version !== VERSION) {
    throw new FileFormatError(
      path,
      `it is a MIDAS map of version ${version}, and only ${VERSION} is read; build it anew with cakelab midas-map`,
    );
  }
  return {
    hash: Uint8Array.from(bytes.subarray(8, 40)),
    isQ: bytes[40] !== 0,
    isGradient: bytes[41] !== 0,
    wavelength: view.getFloat64(48, true),
  };
}

/** Reads the records of Map.bin, in the files' order. */
export function decodeRecords(
  bytes: Uint8Array,
  path: string,
): Pick<MidasMap, "y" | "z" | "frac" | "deltaR" | "areaWeight"> {
  const view = body(bytes, RECORD_BYTES, "records", path);
  const records = view.byteLength / RECORD_BYTES;
  const map = {
    y: new Float32Array(records),
    z: new Float32Array(records),
    frac: new Float64Array(records),
    deltaR: new Float32Array(records),
    areaWeight: new Float32Array(records),
  };
  for (let i = 0; i < records; i++) {
    const at = RECORD_BYTES * i;
    const y = view.getFloat32(at, true);
    const z = view.getFloat32(at + 4, true);
    const frac = view.getFloat64(at + 8, true);
    const deltaR = view.getFloat32(at + 16, true);
    const area = view.getFloat32(at + 20, true);
    if (!Number.isFinite(y + z + frac + deltaR + area) || frac < 0 || area < 0) {
      throw new FileFormatError(
        path,
        `record ${i} has y ${y}, z ${z}, frac ${frac}, deltaR ${deltaR}, areaWeight ${area}, which cannot be; build the map anew`,
      );
    }
    map.y[i] = y;
    map.z[i] = z;
    map.frac[i] = frac;
    map.deltaR[i] = deltaR;
    map.areaWeight[i] = area;
  }
  return map;
}

/** Reads nMap.bin: counts and offsets, which have to lie within so many records. */
export function decodeBins(
  bytes: Uint8Array,
  path: string,
  records: number,
): Pick<MidasMap, "counts" | "offsets"> {
  const view = body(bytes, BIN_BYTES, "bins", path);
  const bins = view.byteLength / BIN_BYTES;
  const counts = new Int32Array(bins);
  const offsets = new Int32Array(bins);
  for (let bin = 0; bin < bins; bin++) {
    const count = view.getInt32(BIN_BYTES * bin, true);
    const offset = view.getInt32(BIN_BYTES * bin + 4, true);
    if (count < 0 || (count > 0 && (offset < 0 || offset + count > records))) {
      throw new FileFormatError(
        path,
        `bin ${bin} has ${count} records from ${offset} on, and Map.bin has ${records}; the two are not of one map, build it anew`,
      );
    }
    counts[bin] = count;
    offsets[bin] = offset;
  }
  return { counts, offsets };
}

/** Reads maskMap.bin. */
export function decodeMaskedBins(bytes: Uint8Array, path: string, bins: number): Uint8Array {
  const view = body(bytes, 4, "bins", path);
  if (view.byteLength !== 4 * bins) {
    throw new FileFormatError(
      path,
      `it has ${view.byteLength / 4} bins, and nMap.bin ${bins}; the two are not of one map, build it anew`,
    );
  }
  return Uint8Array.from({ length: bins }, (_, bin) =>
    view.getInt32(4 * bin, true) === 0 ? 0 : 1,
  );
}

function body(bytes: Uint8Array, each: number, what: string, path: string): DataView {
  decodeHeader(bytes, path);
  const length = bytes.length - HEADER_BYTES;
  if (length % each !== 0) {
    throw new FileFormatError(
      path,
      `its ${length} bytes after the header are no whole number of ${what} of ${each} bytes; it is cut off, build it anew`,
    );
  }
  return new DataView(bytes.buffer, bytes.byteOffset + HEADER_BYTES, length);
}
