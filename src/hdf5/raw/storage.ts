import type { FileSource } from "../../image/file-source.js";
import type { Hdf5Dataset } from "../dataset.js";
import { checkAddresses } from "./base-address.js";
import { type Fields, fieldsAt, NothingWritten, NotUnderstood } from "./fields.js";

/** Where the samples of a dataset lie in its file. */
export type Storage =
  | { readonly kind: "contiguous"; readonly address: number; readonly bytes: number }
  | { readonly kind: "b-tree"; readonly address: number }
  | { readonly kind: "single"; readonly address: number; readonly bytes: number | undefined }
  | { readonly kind: "fixed-array"; readonly address: number }
  | { readonly kind: "extensible-array"; readonly address: number };

const LAYOUT = 0x08;
const EXTERNAL_FILES = 0x07;
const CONTINUATION = 0x10;
/** Blocks of one header; h5py makes one or two. */
const mostBlocks = 64;

/**
 * The storage of a dataset in its file.
 *
 * @throws NothingWritten; NotUnderstood for a layout that is not read here, or damage.
 */
export async function storageOf({ file, path }: Hdf5Dataset, source: FileSource): Promise<Storage> {
  await checkAddresses(source);
  const reference = file.call(path, (module, id) => module.create_object_reference(id, path));
  const view = new DataView(Uint8Array.from(reference).buffer);
  return storageAt(source, Number(view.getBigUint64(0, true)));
}

/**
 * The storage of a dataset, by the address of its object header.
 *
 * @see https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html IV.A
 */
async function storageAt(source: FileSource, header: number): Promise<Storage> {
  const start = await fieldsAt(source, header, Math.min(64, source.size - header));
  const version = start.u8();
  let layout: Fields | undefined;
  const see = (type: number, message: Fields): void => {
    if (type === EXTERNAL_FILES) throw new NotUnderstood("data in other files");
    if (type === LAYOUT) layout = message;
  };
  if (version === 1) {
    start.skip(7);
    await readMessages(source, { at: header + 16, bytes: start.u32() }, see, versionOne);
  } else {
    await readSecond(source, header, see);
  }
  if (layout === undefined) throw new NotUnderstood("no layout");
  return parseLayout(layout);
}

interface Block {
  readonly at: number;
  readonly bytes: number;
}

type See = (type: number, message: Fields) => void;

interface Dialect {
  /** Bytes around the messages of a continuation. */
  readonly before: number;
  readonly after: number;
  readonly prefix: number;
  next(fields: Fields): { readonly type: number; readonly bytes: number };
}

const versionOne: Dialect = {
  before: 0,
  after: 0,
  prefix: 8,
  next(fields) {
    const type = fields.u16();
    const bytes = fields.u16();
    fields.skip(4);
    return { type, bytes };
  },
};

async function readSecond(source: FileSource, header: number, see: See): Promise<void> {
  const rest = await fieldsAt(source, header, Math.min(64, source.size - header));
  rest.expect("OHDR");
  if (rest.u8() !== 2) throw new NotUnderstood("an object header of another version");
  const flags = rest.u8();
  const sizeBytes = 1 << (flags & 3);
  const before = (flags & 0x20 ? 16 : 0) + (flags & 0x10 ? 4 : 0);
  rest.skip(before);
  const bytes = rest.integer(sizeBytes);
  const hasOrder = (flags & 4) !== 0;
  await readMessages(source, { at: header + 6 + before + sizeBytes, bytes }, see, {
    before: 4,
    after: 4,
    prefix: hasOrder ? 6 : 4,
    next(fields) {
      const type = fields.u8();
      const size = fields.u16();
      fields.skip(hasOrder ? 3 : 1);
      return { type, bytes: size };
    },
  });
}

async function readMessages(
  source: FileSource,
  first: Block,
  see: See,
  dialect: Dialect,
): Promise<void> {
  const blocks = [first];
  for (let i = 0; i < blocks.length; i++) {
    if (i === mostBlocks) throw new NotUnderstood("too many blocks");
    const fields = await fieldsAt(source, blocks[i]!.at, blocks[i]!.bytes);
    // What is left at the end may be a gap.
    while (fields.left >= dialect.prefix) {
      const { type, bytes } = dialect.next(fields);
      const message = fields.part(bytes);
      if (type === CONTINUATION) {
        const at = message.integer(8) + dialect.before;
        blocks.push({ at, bytes: message.integer(8) - dialect.before - dialect.after });
      } else {
        see(type, message);
      }
    }
  }
}

function parseLayout(layout: Fields): Storage {
  const version = layout.u8();
  // Version 5 (HDF5 2.0) differs from 4 in the width of sizes in indices, which say it themselves.
  if (![3, 4, 5].includes(version)) throw new NotUnderstood(`layout version ${version}`);
  const kind = layout.u8();
  if (kind === 1) {
    const address = needed(layout.address());
    return { kind: "contiguous", address, bytes: layout.integer(8) };
  }
  if (kind !== 2) throw new NotUnderstood("compact or virtual");
  if (version === 3) {
    layout.skip(1);
    return { kind: "b-tree", address: needed(layout.address()) };
  }
  const flags = layout.u8();
  const rank = layout.u8();
  layout.skip(rank * layout.u8());
  const index = layout.u8();
  if (index === 1) {
    const bytes = flags & 2 ? layout.integer(8) : undefined;
    if (flags & 2 && layout.u32() !== 0) throw new NotUnderstood("a chunk without its filters");
    return { kind: "single", address: needed(layout.address()), bytes };
  }
  if (index !== 3 && index !== 4) throw new NotUnderstood("another chunk index");
  layout.skip(index === 3 ? 1 : 5);
  const kindOfIndex = index === 3 ? "fixed-array" : "extensible-array";
  return { kind: kindOfIndex, address: needed(layout.address()) };
}

function needed(address: number | undefined): number {
  if (address === undefined) throw new NothingWritten("nothing is written yet");
  return address;
}
