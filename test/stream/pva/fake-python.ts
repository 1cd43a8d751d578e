import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { crc32 } from "node:zlib";

/** A message as the bridge sends it. */
export function message(header: object, payload: Uint8Array = new Uint8Array(0)): Buffer {
  const text = Buffer.from(JSON.stringify(header));
  const prefix = Buffer.alloc(20);
  prefix.write("CLPV");
  prefix.writeUInt32LE(text.length, 4);
  prefix.writeBigUInt64LE(BigInt(payload.length), 8);
  prefix.writeUInt32LE(crc32(text), 16);
  return Buffer.concat([prefix, text, payload]);
}

/** A program in place of Python: it says one thing, and runs a command. */
export async function fakePython(folder: string, header: object, command = ""): Promise<string> {
  await writeFile(join(folder, "message"), message(header));
  const path = join(folder, "python");
  await writeFile(path, `#!/bin/sh\ncat "${join(folder, "message")}"\n${command}\n`);
  await chmod(path, 0o755);
  return path;
}
