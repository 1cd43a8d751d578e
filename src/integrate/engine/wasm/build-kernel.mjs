import { compileAssembly } from "../../../host/compile-assembly.mjs";

const OPTIONS = [
  "--importMemory",
  "--enable=threads",
  "--initialMemory=16",
  "--maximumMemory=65536",
  // Below lie the parameters: see parameters.ts.
  "--memoryBase=4096",
];

await compileAssembly({
  script: import.meta.url,
  output: "kernel-bytes.ts",
  options: { sharedKernel: [...OPTIONS, "--sharedMemory"], aloneKernel: OPTIONS },
  sources: ["parameters.ts"],
});
