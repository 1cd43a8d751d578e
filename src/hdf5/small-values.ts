import { FileFormatError } from "../errors.js";
import { samplesFromBytes } from "../samples.js";
import type { Hdf5File } from "./hdf5-file.js";
import { type Hdf5Metadata, sampleTypeOf, typeClass } from "./library-types.js";

/** Numbers or strings of an attribute or a small dataset, in C order. */
export type SmallValues = readonly (string | number)[];

/** Headers are kilobytes; what claims more is damaged, or no header. */
const mostBytes = 2 ** 24;

/**
 * An attribute's values; `undefined` for one that is not there, empty, or of a type that is neither
 * number nor string.
 *
 * @throws FileFormatError
 */
export function readAttribute(file: Hdf5File, path: string, name: string): SmallValues | undefined {
  const subject = `${path}@${name}`;
  const metadata = file.ask(subject, (module, id) => module.get_attribute_metadata(id, path, name));
  if (metadata === undefined) return undefined;
  return readValues(file, subject, metadata, {
    read: (module, id, pointer) => module.get_attribute_data(id, path, name, pointer),
    reclaim: (module, id, pointer) => module.reclaim_vlen_memory(id, path, name, pointer),
  });
}

/** An attribute of one string; `undefined` if there is none. */
export function readText(file: Hdf5File, path: string, name: string): string | undefined {
  const value = readAttribute(file, path, name)?.[0];
  return typeof value === "string" ? value : undefined;
}

/**
 * The values of a small dataset: a motor, a time, a title.
 *
 * @throws FileFormatError
 */
export function readSmallDataset(file: Hdf5File, path: string): SmallValues | undefined {
  const metadata = file.call(path, (module, id) => module.get_dataset_metadata(id, path));
  return readValues(file, path, metadata, {
    read: (module, id, pointer) => module.get_dataset_data(id, path, null, null, null, pointer),
    reclaim: (module, id, pointer) => module.reclaim_vlen_memory(id, path, "", pointer),
  });
}

type Step = (
  module: Parameters<Parameters<Hdf5File["call"]>[1]>[0],
  id: bigint,
  pointer: bigint,
) => number;

function readValues(
  file: Hdf5File,
  subject: string,
  metadata: Hdf5Metadata,
  { read, reclaim }: { read: Step; reclaim: Step },
): SmallValues | undefined {
  const { shape, size, total_size: count } = metadata;
  const sampleType = sampleTypeOf(metadata);
  if (shape === null || (sampleType === undefined && metadata.type !== typeClass.string)) {
    return undefined;
  }
  const bytes = size * count;
  if (!(bytes <= mostBytes)) {
    throw new FileFormatError(
      file.path,
      `${subject} claims ${bytes} bytes, more than a header value has; read it as an image`,
    );
  }
  return file.call(subject, (module, id) => {
    const pointer = module._malloc(Math.max(bytes, 1));
    const address = BigInt(pointer);
    try {
      if (read(module, id, address) < 0) return undefined;
      const data = module.HEAPU8.slice(pointer, pointer + bytes);
      if (sampleType !== undefined) {
        // Times in nanoseconds do not fit 32 bits, to which images are narrowed.
        if (sampleType === "int64") return Array.from(new BigInt64Array(data.buffer), Number);
        if (sampleType === "uint64") return Array.from(new BigUint64Array(data.buffer), Number);
        return Array.from(samplesFromBytes(data, sampleType, true));
      }
      if (metadata.vlen) {
        const strings = Array.from(new Uint32Array(data.buffer), (at) =>
          at === 0 ? "" : module.UTF8ToString(at),
        );
        reclaim(module, id, address);
        return strings;
      }
      const text = new TextDecoder();
      return Array.from({ length: count }, (_, i) =>
        text
          .decode(data.subarray(i * size, (i + 1) * size))
          .split("\0")[0]!
          .trimEnd(),
      );
    } finally {
      module._free(pointer);
    }
  });
}
