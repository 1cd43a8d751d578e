import type { TypedArray } from "../array.js";
import { FileFormatError } from "../errors.js";
import { bytesPerSample, type SampleType, samplesFromBytes } from "../samples.js";
import type { FileSource } from "./file-source.js";
import type { ImageFile, ImageFormat } from "./format.js";
import { frameBytes } from "./limits.js";
import { NUMPY_TYPES } from "./numpy-types.js";

/**
 * NumPy's `.npy`, versions 1 to 3: a 2D array is an image, a 3D array is `[frame, row, column]`.
 *
 * @see https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export const npy: ImageFormat = {
  name: "NPY",
  extensions: [".npy"],
  matches: (head) => magic.every((byte, i) => head[i] === byte),
  open: openNpy,
};

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

interface NpyHeader {
  readonly dtype: SampleType;
  readonly littleEndian: boolean;
  readonly fortranOrder: boolean;
  readonly frames: number;
  readonly rows: number;
  readonly columns: number;
  readonly dataOffset: number;
}

async function openNpy(source: FileSource): Promise<ImageFile> {
  const { dtype, littleEndian, fortranOrder, frames, rows, columns, dataOffset } =
    await readHeader(source);
  const bytes = frameBytes(source.name, rows, columns, bytesPerSample(dtype));
  if (frames === 0)
    throw new FileFormatError(source.name, "holds no frame: its shape begins with 0");
  const missing = dataOffset + frames * bytes - source.size;
  if (missing > 0) {
    throw new FileFormatError(
      source.name,
      `${missing} bytes are missing at its end; it is truncated or still being written`,
    );
  }
  // In Fortran order, the samples of one frame are strewn over the whole file.
  if (fortranOrder) frameBytes(source.name, frames * rows, columns, bytesPerSample(dtype));

  return {
    frames,
    shape: [rows, columns],
    dtype,
    compression: "none",
    header: {},
    async read(frame, { signal } = {}) {
      signal?.throwIfAborted();
      try {
        const data = fortranOrder
          ? gatherFortran(
              samplesFromBytes(await source.read(dataOffset, frames * bytes), dtype, littleEndian),
              frame,
              { frames, rows, columns },
            )
          : samplesFromBytes(
              await source.read(dataOffset + frame * bytes, bytes),
              dtype,
              littleEndian,
            );
        signal?.throwIfAborted();
        return { data, shape: [rows, columns], header: {} };
      } catch (error) {
        if (error instanceof RangeError) throw new FileFormatError(source.name, error.message);
        throw error;
      }
    },
  };
}

async function readHeader(source: FileSource): Promise<NpyHeader> {
  const start = await source.read(0, 12);
  const version = start[6]!;
  if (version < 1 || version > 3 || start[7] !== 0) {
    throw new FileFormatError(
      source.name,
      `is NPY version ${version}.${start[7]}, and 1 to 3 are read; save it again with a current NumPy`,
    );
  }
  const view = new DataView(start.buffer, start.byteOffset);
  const textOffset = version === 1 ? 10 : 12;
  const textLength = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  const dataOffset = textOffset + textLength;
  const text = new TextDecoder("latin1").decode(
    await source.read(textOffset, Math.min(textLength, source.size)),
  );
  const entry = parseDictionary(text);
  if (entry === undefined) {
    throw new FileFormatError(
      source.name,
      "its header is not that of a plain array (a structured dtype, or damage); save the image alone with numpy.save",
    );
  }
  const [, order, kind] = /^([<>|=])([a-z]\d+)$/.exec(entry.descr) ?? [];
  const dtype = kind === undefined ? undefined : NUMPY_TYPES[kind];
  if (dtype === undefined || (order === "|" && bytesPerSample(dtype) > 1)) {
    throw new FileFormatError(
      source.name,
      `its dtype "${entry.descr}" is not read; convert it with .astype("float32") or to integers of up to 32 bits`,
    );
  }
  if (entry.shape.length !== 2 && entry.shape.length !== 3) {
    throw new FileFormatError(
      source.name,
      `is an array of ${entry.shape.length} dimensions; an image has 2, a series 3`,
    );
  }
  const [columns, rows, frames = 1] = entry.shape.toReversed() as [number, number, number?];
  return {
    dtype,
    littleEndian: order !== ">",
    fortranOrder: entry.fortranOrder,
    frames,
    rows,
    columns,
    dataOffset,
  };
}

/** The three entries of the header, in any order; `undefined` if there is anything else in it. */
function parseDictionary(
  text: string,
): { descr: string; fortranOrder: boolean; shape: number[] } | undefined {
  if (!/^[\x20-\x7e\n]*$/.test(text)) return undefined;
  const found: Record<string, string> = {};
  const rest = text.replace(
    /'(descr|fortran_order|shape)'\s*:\s*(?:'([^']*)'|(True|False)|\(([\d,\s]*)\))\s*(?:,|(?=\}))/g,
    (_, key: string, word?: string, flag?: string, tuple?: string) => {
      found[key] = word ?? flag ?? tuple ?? "";
      return "";
    },
  );
  if (!/^\s*\{\s*\}\s*$/.test(rest)) return undefined;
  const { descr, fortran_order: order, shape } = found;
  if (descr === undefined || (order !== "True" && order !== "False")) return undefined;
  if (shape === undefined || !/^\s*(\d+\s*,\s*)*(\d+\s*)?$/.test(shape)) return undefined;
  return {
    descr,
    fortranOrder: order === "True",
    shape: shape.split(",").flatMap((part) => (part.trim() === "" ? [] : [Number(part)])),
  };
}

/** One frame, row-major, of samples whose first axis varies fastest. */
function gatherFortran(
  samples: TypedArray,
  frame: number,
  { frames, rows, columns }: { frames: number; rows: number; columns: number },
): TypedArray {
  const data = samples.slice(0, rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      data[row * columns + column] = samples[frame + frames * (row + rows * column)]!;
    }
  }
  return data;
}
