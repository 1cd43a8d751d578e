import type { Lz4Decoder } from "./decode-chunk.js";
import { decoderBytes } from "./decoder-bytes.js";

let module: Promise<WebAssembly.Module> | undefined;
let decoder: Promise<Lz4Decoder> | undefined;

/** The compiled decoder, to be handed to worker threads. */
export function decoderModule(): Promise<WebAssembly.Module> {
  module ??= WebAssembly.compile(Uint8Array.from(atob(decoderBytes), (char) => char.charCodeAt(0)));
  return module;
}

/** The decoder of this thread. */
export function ownDecoder(): Promise<Lz4Decoder> {
  decoder ??= decoderModule()
    .then((compiled) => WebAssembly.instantiate(compiled, {}))
    .then(({ exports }) => exports as unknown as Lz4Decoder);
  return decoder;
}
