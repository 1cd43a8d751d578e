// Compiles assembly/ to WebAssembly and writes it into decoder-bytes.ts: text loads the same way in
// Node, in a browser and in a bundle. Does nothing where that is newer than its sources.
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const assembly = join(here, "assembly");
const output = join(here, "decoder-bytes.ts");

const OPTIONS = ["-O3", "--noAssert", "--runtime=stub", "--enable=simd", "--initialMemory=1"];

const sources = readdirSync(assembly).map((name) => join(assembly, name));
const made = statSync(output, { throwIfNoEntry: false })?.mtimeMs ?? 0;
if ([...sources, fileURLToPath(import.meta.url)].some((path) => statSync(path).mtimeMs >= made)) {
  const asc = await import("assemblyscript/asc");
  let binary;
  const { error, stderr } = await asc.main(["index.ts", "-o=decoder.wasm", ...OPTIONS], {
    readFile: (name, folder) => {
      const path = join(assembly, folder ?? ".", name);
      return statSync(path, { throwIfNoEntry: false }) ? readFileSync(path, "utf8") : null;
    },
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
