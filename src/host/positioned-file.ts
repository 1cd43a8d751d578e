import { nodeModule } from "./node.js";

/** Up to `length` bytes: fewer at the end of the file. */
export function readAt(file: number, position: number, length: number): Uint8Array {
  const { fstatSync, readSync } = nodeModule("node:fs");
  // A damaged length is not to become memory.
  const there = Math.max(0, Math.min(length, fstatSync(file).size - position));
  const bytes = new Uint8Array(there);
  let done = 0;
  while (done < there) {
    const count = readSync(file, bytes, done, there - done, position + done);
    if (count === 0) break;
    done += count;
  }
  return bytes.subarray(0, done);
}

/** Writes all of some bytes, or throws what the system says. */
export function writeAt(file: number, position: number, bytes: Uint8Array): void {
  const { writeSync } = nodeModule("node:fs");
  for (let done = 0; done < bytes.length; ) {
    done += writeSync(file, bytes, done, bytes.length - done, position + done);
  }
}
