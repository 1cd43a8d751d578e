import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Compiles the folder `assembly/` beside a build script to WebAssembly and writes it as a module of
 * base64 strings: text loads the same way in Node, in a browser and in a bundle. Does nothing where
 * that is newer than its sources.
 *
 * @param script the build script's `import.meta.url`
 * @param output name of the module
 * @param options of the AssemblyScript compiler, for each string that the module exports
 * @param sources other files, beside the script, that it is made from
 */
export async function compileAssembly({ script, output, options, sources = [] }) {
  const path = fileURLToPath(script);
  const here = dirname(path);
  const assembly = join(here, "assembly");
  const target = join(here, output);
  const made = statSync(target, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const all = [
    ...readdirSync(assembly).map((name) => join(assembly, name)),
    ...sources.map((name) => join(here, name)),
    path,
    fileURLToPath(import.meta.url),
  ];
  if (all.every((source) => statSync(source).mtimeMs < made)) return;
  const lines = [`// Made by ${basename(path)} from assembly/.`];
  for (const [name, chosen] of Object.entries(options)) {
    lines.push(`export const ${name}: string =\n  "${await compile(assembly, chosen)}";`);
  }
  writeFileSync(target, `${lines.join("\n")}\n`);
}

async function compile(assembly, options) {
  const asc = await import("assemblyscript/asc");
  let binary;
  const always = ["index.ts", "-o=out.wasm", "-O3", "--noAssert", "--runtime=stub"];
  const { error, stderr } = await asc.main([...always, "--enable=simd", ...options], {
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
