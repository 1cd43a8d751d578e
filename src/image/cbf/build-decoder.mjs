import { compileAssembly } from "../../host/compile-assembly.mjs";

await compileAssembly({
  script: import.meta.url,
  output: "decoder-bytes.ts",
  // 1 MiB: a window of the file and one of the image, see byte-offset.ts.
  options: { decoderBytes: ["--initialMemory=16"] },
});
