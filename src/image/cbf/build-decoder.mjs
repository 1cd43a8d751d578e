// Compiles assembly/ to WebAssembly and writes it into decoder-bytes.ts: text loads the same way in
// Node, in a browser and in a bundle. Does nothing where that is newer than its source.
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const source = join(here, "assembly", "index.ts");
const output = join(here, "decoder-bytes.ts");

const OPTIONS = [
  "-O3",
  "--noAssert",
  "--runtime=stub",
  "--enable=simd",
  // 1 MiB: a window of the file and one of the image, see byte-offset.ts.
  "--initialMemory=16",
];

const made = statSync(output, { throwIfNoEntry: false })?.mtimeMs ?? 0;
if ([source, fileURLToPath(import.meta.url)].some((path) => statSync(path).mtimeMs >= made)) {
  const asc = await import("assemblyscript/asc");
  let binary;
  const { error, stderr } = await asc.main(["index.ts", "-o=decoder.wasm", ...OPTIONS], {
    readFile: (name) => (name === "index.ts" ? readFileSync(source, "utf8") : null),
    writeFile: (_name, contents) => {
      binary = contents;
    },
    listFiles: () => [],
  });
  if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
  writeFileSync(
    output,
    `// Made by build-decoder.mjs from assembly/.\nexport const decoderBytes: string =\n  "${Buffer.from(binary).toString("base64")}";\n`,
  );
}
