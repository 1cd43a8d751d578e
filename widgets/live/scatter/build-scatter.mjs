// Compiles assembly/ to WebAssembly and writes it into scatter-bytes.ts: text loads the same way in a
// page, in a worker and in a bundle. Does nothing where that is newer than its sources.
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const assembly = join(here, "assembly");
const output = join(here, "scatter-bytes.ts");

function isNewest() {
  const sources = readdirSync(assembly).map((name) => join(assembly, name));
  sources.push(join(here, "parameters.ts"), fileURLToPath(import.meta.url));
  const made = statSync(output, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return sources.every((source) => statSync(source).mtimeMs < made);
}

if (!isNewest()) {
  const { default: asc } = await import("assemblyscript/asc");
  let binary;
  const options = ["-O3", "--noAssert", "--runtime=stub", "--importMemory", "--enable=simd"];
  const { error, stderr } = await asc.main(
    // Below 512 lies the table of parameters.
    ["index.ts", "-o=scatter.wasm", ...options, "--memoryBase=512"],
    {
      readFile: (name, folder) => {
        const path = join(assembly, folder ?? ".", name);
        return statSync(path, { throwIfNoEntry: false }) ? readFileSync(path, "utf8") : null;
      },
      writeFile: (_name, contents) => {
        binary = contents;
      },
      listFiles: () => [],
    },
  );
  if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
  writeFileSync(
    output,
    `// Made by build-scatter.mjs from assembly/.\nexport const scatterKernel: string =\n  "${Buffer.from(binary).toString("base64")}";\n`,
  );
}
