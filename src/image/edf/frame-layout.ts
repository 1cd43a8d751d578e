import { FileFormatError } from "../../errors.js";
import { bytesPerSample, type SampleType } from "../../samples.js";
import { frameBytes } from "../limits.js";

/** What an EDF header says of its pixels. */
export interface EdfLayout {
  readonly frames: number;
  readonly rows: number;
  readonly columns: number;
  readonly dtype: SampleType;
  readonly littleEndian: boolean;
  readonly compression: "none" | "gzip" | "zlib" | "bzip2";
  /** Bytes from the end of this header to the next one. */
  readonly blockBytes: number;
}

/** All spellings that ESRF's programs, SPEC and Fit2D have used, in capitals. */
const dataTypes: Readonly<Record<string, SampleType>> = {
  SIGNEDBYTE: "int8",
  SIGNED8: "int8",
  UNSIGNEDBYTE: "uint8",
  UNSIGNED8: "uint8",
  SIGNEDSHORT: "int16",
  SIGNED16: "int16",
  UNSIGNEDSHORT: "uint16",
  UNSIGNED16: "uint16",
  UNSIGNEDSHORTINTEGER: "uint16",
  SIGNEDINTEGER: "int32",
  SIGNED32: "int32",
  UNSIGNEDINTEGER: "uint32",
  UNSIGNED32: "uint32",
  SIGNEDLONG: "int32",
  UNSIGNEDLONG: "uint32",
  SIGNED64: "int64",
  UNSIGNED64: "uint64",
  FLOATVALUE: "float32",
  FLOAT: "float32",
  FLOATIEEE32: "float32",
  FLOAT32: "float32",
  DOUBLE: "float64",
  DOUBLEVALUE: "float64",
  FLOATIEEE64: "float64",
  DOUBLEIEEE64: "float64",
};

/**
 * Takes the layout of the pixels from a header, and checks it.
 *
 * @throws FileFormatError for a header that leaves something open or asks for what is not read.
 */
export function layoutOf(header: Readonly<Record<string, string>>, name: string): EdfLayout {
  const fail = (message: string): FileFormatError => new FileFormatError(name, message);
  const upper = new Map(Object.entries(header).map(([key, value]) => [key.toUpperCase(), value]));
  if (upper.has("EDF_BINARYFILENAME")) {
    throw fail(
      `its pixels lie in another file, ${upper.get("EDF_BINARYFILENAME")}, which is not read; join them with FabIO's fabio-convert`,
    );
  }
  const number = (key: string): number | undefined => {
    const text = upper.get(key);
    if (text === undefined) return undefined;
    const value = text.trim() === "" ? Number.NaN : Number(text);
    if (!Number.isInteger(value) || value < 0) {
      throw fail(`its header says ${key} = ${text}, which is no whole number; it is damaged`);
    }
    return value;
  };
  const columns = number("DIM_1");
  const rows = number("DIM_2");
  if (columns === undefined || rows === undefined) {
    throw fail("its header has no Dim_1 or no Dim_2; it is damaged, or holds no image");
  }
  const frames = number("DIM_3") ?? 1;
  if (frames === 0) throw fail("its header says Dim_3 = 0, which is no image");
  if (number("DIM_4") !== undefined) throw fail("has more than 3 dimensions; an image has 2");
  const typeName = upper.get("DATATYPE");
  const dtype = dataTypes[typeName?.toUpperCase() ?? ""];
  if (dtype === undefined) {
    throw fail(
      typeName === undefined
        ? "its header has no DataType; it is damaged"
        : `its data type ${typeName} is not read; convert it to DoubleValue`,
    );
  }
  const bytes = frames * frameBytes(name, rows, columns, bytesPerSample(dtype));
  const compression = compressionOf(upper.get("COMPRESSION"), fail);
  const declared = number("EDF_BINARYSIZE") ?? number("SIZE");
  if (declared === undefined && compression !== "none") {
    throw fail("its header does not say how long the packed pixels are (Size)");
  }
  if (declared !== undefined && compression === "none" && declared < bytes) {
    throw fail(
      `its header says Size = ${declared}, too few for ${rows} × ${columns} pixels of ${bytesPerSample(dtype)} bytes; it is damaged`,
    );
  }
  return {
    frames,
    rows,
    columns,
    dtype,
    littleEndian: byteOrderOf(upper.get("BYTEORDER"), dtype, fail),
    compression,
    blockBytes: declared ?? bytes,
  };
}

function byteOrderOf(
  order: string | undefined,
  dtype: SampleType,
  fail: (message: string) => FileFormatError,
): boolean {
  if (order?.includes("Low")) return true;
  if (order?.includes("High")) return false;
  if (bytesPerSample(dtype) === 1) return true;
  throw fail(
    `its header says ByteOrder = ${order ?? "nothing"}; LowByteFirst and HighByteFirst are known`,
  );
}

function compressionOf(
  text: string | undefined,
  fail: (message: string) => FileFormatError,
): EdfLayout["compression"] {
  const name = text?.toUpperCase() ?? "NONE";
  if (name === "" || name.startsWith("NO")) return "none";
  if (name.includes("OFFSET")) throw fail(`unsupported compression: ${text}`);
  if (name.includes("GZIP")) return "gzip";
  if (name.includes("BZ")) return "bzip2";
  if (name.includes("Z")) return "zlib";
  throw fail(`unsupported compression: ${text}; convert it with FabIO's fabio-convert`);
}
