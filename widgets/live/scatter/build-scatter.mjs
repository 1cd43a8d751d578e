import { compileAssembly } from "../../../src/host/compile-assembly.mjs";

await compileAssembly({
  script: import.meta.url,
  output: "scatter-bytes.ts",
  // Below 512 lies the table of parameters.
  options: { scatterKernel: ["--importMemory", "--memoryBase=512"] },
  sources: ["parameters.ts"],
});
