import type { FileSource } from "../../image/file-source.js";
import { fieldsAt, NotUnderstood } from "./fields.js";

/**
 * Checks that a file's addresses count from its first byte and have 8 bytes, as in nearly all files.
 *
 * @throws NotUnderstood where they do not.
 */
export async function checkAddresses(source: FileSource): Promise<void> {
  const fields = await fieldsAt(source, 0, 36);
  fields.expect("\x89HDF\r\n\x1a\n");
  const version = fields.u8();
  if (version > 3) throw new NotUnderstood(`superblock version ${version}`);
  if (version < 2) fields.skip(4);
  const sizes = [fields.u8(), fields.u8()];
  // Of the first version 9 bytes lie before the base address, of the second four more.
  fields.skip(version < 2 ? 9 + 4 * version : 1);
  if (sizes.some((size) => size !== 8) || fields.integer(8) !== 0) {
    throw new NotUnderstood("addresses that count from elsewhere");
  }
}
