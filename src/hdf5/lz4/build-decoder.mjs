import { compileAssembly } from "../../host/compile-assembly.mjs";

await compileAssembly({
  script: import.meta.url,
  output: "decoder-bytes.ts",
  options: { decoderBytes: ["--initialMemory=1"] },
});
