// Compiles assembly/ to WebAssembly, once for memory that threads share and once for memory that they
// do not, and writes both into kernel-bytes.ts: text loads the same way in Node, in a browser and in
// a bundle. Does nothing where that is newer than its sources.
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const assembly = join(here, "assembly");
const output = join(here, "kernel-bytes.ts");

const OPTIONS = [
  "-O3",
  "--noAssert",
  "--runtime=stub",
  "--importMemory",
  "--enable=simd",
  "--enable=threads",
  "--maximumMemory=65536",
  // Below lie the parameters: see parameters.ts.
  "--memoryBase=4096",
];

function isNewest() {
  const sources = [...readdirSync(assembly).map((name) => join(assembly, name))];
  sources.push(join(here, "parameters.ts"), fileURLToPath(import.meta.url));
  const made = statSync(output, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return sources.every((source) => statSync(source).mtimeMs < made);
}

async function compile(asc, options) {
  let binary;
  const { error, stderr } = await asc.main(["index.ts", "-o=kernel.wasm", ...OPTIONS, ...options], {
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
  return Buffer.from(binary).toString("base64");
}

if (!isNewest()) {
  const asc = await import("assemblyscript/asc");
  const shared = await compile(asc, ["--sharedMemory", "--initialMemory=16"]);
  const alone = await compile(asc, ["--initialMemory=16"]);
  writeFileSync(
    output,
    `// Made by build-kernel.mjs from assembly/.\nexport const sharedKernel: string =\n  "${shared}";\nexport const aloneKernel: string =\n  "${alone}";\n`,
  );
}
