import type { Image, TypedArray } from "../array.js";
import { writeAtomic } from "../host/write-atomic.js";
import type { Integrate2dResult } from "../integrate/result.js";

const BLOCK = 512;

/** EDF's names of the element types. */
const DATA_TYPES: Readonly<Record<string, string>> = {
  Int8Array: "SignedByte",
  Uint8Array: "UnsignedByte",
  Uint8ClampedArray: "UnsignedByte",
  Int16Array: "SignedShort",
  Uint16Array: "UnsignedShort",
  Int32Array: "SignedInteger",
  Uint32Array: "UnsignedInteger",
  Float32Array: "FloatValue",
  Float64Array: "DoubleValue",
};

/** Keys that describe the block itself: a source's own must not contradict them. */
const RESERVED = new Set([
  "EDF_DATABLOCKID",
  "EDF_BINARYSIZE",
  "EDF_HEADERSIZE",
  "HEADERID",
  "IMAGE",
  "BYTEORDER",
  "DATATYPE",
  "DIM_1",
  "DIM_2",
  "DIM_3",
  "SIZE",
  "COMPRESSION",
]);

/**
 * The bytes of an EDF file, little-endian.
 *
 * An image keeps its element type and its header. A 2D result becomes float32 with pyFAI's keys, one
 * row for each azimuthal bin; its standard errors, where there are any, a second frame.
 *
 * @see Format of the ESRF, as FabIO reads and pyFAI 2026.9 writes it
 */
export function encodeEdf(image: Image | Integrate2dResult): Uint8Array[] {
  if ("data" in image) {
    return frame(image.data, image.shape, image.header ?? {}, 0, "Psd");
  }
  const { intensity, sigma, shape } = image;
  return [
    ...frame(Float32Array.from(intensity), shape, resultHeader(image), 0, "Psd"),
    ...(sigma === undefined ? [] : frame(Float32Array.from(sigma), shape, {}, 1, "Error")),
  ];
}

/**
 * Writes an image or a 2D result as EDF; see `encodeEdf`. Throws an OutputError where it cannot be
 * written.
 */
export async function writeEdf(path: string, image: Image | Integrate2dResult): Promise<void> {
  await writeAtomic(path, encodeEdf(image));
}

function frame(
  data: TypedArray,
  [rows, columns]: readonly [number, number],
  header: Readonly<Record<string, unknown>>,
  index: number,
  kind: string,
): Uint8Array[] {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const own = Object.entries(header)
    .map(([key, value]) => [clean(key).replaceAll("=", "_"), clean(value)] as const)
    .filter(([key]) => key !== "" && !RESERVED.has(key.toUpperCase()));
  const text = (headerBytes: number): string =>
    [
      ["EDF_DataBlockID", `${index}.Image.${kind}`],
      ["EDF_BinarySize", bytes.length],
      ["EDF_HeaderSize", `${headerBytes}`.padStart(6)],
      ["ByteOrder", "LowByteFirst"],
      ["DataType", DATA_TYPES[Object.prototype.toString.call(data).slice(8, -1)]],
      ["Dim_1", columns],
      ["Dim_2", rows],
      ["Image", index],
      ["HeaderID", `EH:${`${index}`.padStart(6, "0")}:000000:000000`],
      ["Size", bytes.length],
      ...own,
    ]
      .map(([key, value]) => `${key} = ${value} ;\n`)
      .join("");
  const open = "{\n";
  const close = "}\n";
  const size = Math.ceil((open.length + text(0).length + close.length) / BLOCK) * BLOCK;
  const body = `${open}${text(size)}`;
  const head = `${body.padEnd(size - close.length)}${close}`;
  return [Uint8Array.from(head, (character) => character.charCodeAt(0)), bytes];
}

function resultHeader(result: Integrate2dResult): Record<string, unknown> {
  const { radial, azimuthal, unit, provenance } = result;
  const { geometry, detector } = provenance;
  const { wavelength, ...lengths } = geometry;
  return {
    Engine: `${provenance.software} ${result.engine.name} ${result.engine.mode}`,
    detector: detector.name,
    pixel1: detector.pixel1,
    pixel2: detector.pixel2,
    max_shape: `${detector.shape[0]}, ${detector.shape[1]}`,
    orientation: detector.orientation,
    ...lengths,
    wavelength: wavelength ?? "None",
    [`${unit}_min`]: radial[0],
    [`${unit}_max`]: radial.at(-1),
    chi_deg_min: azimuthal[0],
    chi_deg_max: azimuthal.at(-1),
    has_mask_applied: provenance.hasUserMask
      ? "provided"
      : provenance.hasDetectorMask
        ? "from detector"
        : "False",
    has_dark_correction: provenance.hasDark ? "provided" : "False",
    has_flat_correction: provenance.hasFlat ? "provided" : "False",
    polarization_factor: provenance.polarizationFactor ?? "None",
    normalization_factor: provenance.normalizationFactor,
    solid_angle_correction: provenance.correctSolidAngle ? "True" : "False",
    splitting: provenance.split,
    algorithm: provenance.algorithm,
    error_model: provenance.errorModel ?? "None",
    radial_range: provenance.radialRange.join(", "),
    azimuth_range: provenance.azimuthRange?.join(", ") ?? "None",
    dummy: provenance.dummy ?? "None",
    delta_dummy: provenance.deltaDummy ?? "None",
    masked_pixels: provenance.maskedPixels,
    invalid_pixels: provenance.invalidPixels,
  };
}

/** A header is ASCII, ends its entries with `;` and itself with `}`: these must not come from a value. */
function clean(value: unknown): string {
  return String(value)
    .replace(/\s+/g, " ")
    .replace(/[;{}]/g, ",")
    .replace(/[^\x20-\x7e]/g, "?")
    .trim();
}
