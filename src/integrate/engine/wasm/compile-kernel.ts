import { hasNode, nodeModule } from "../../../host/node.js";

/**
 * Compiles a kernel, given as base64.
 *
 * V8 begins with a quick compiler and changes to the good one function by function, when some have run
 * for long. A first plan is over by then: compiling all of it well takes 40 ms and saves 70 to 400, so in
 * Node the quick one is switched off for the moment.
 */
export function compileKernel(base64: string): WebAssembly.Module | Promise<WebAssembly.Module> {
  const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  if (!hasNode()) return WebAssembly.compile(bytes);
  const { setFlagsFromString } = nodeModule("node:v8");
  setFlagsFromString("--no-liftoff");
  setFlagsFromString("--no-wasm-lazy-compilation");
  try {
    // At once, so that nothing else is compiled meanwhile.
    return new WebAssembly.Module(bytes);
  } finally {
    setFlagsFromString("--liftoff");
    setFlagsFromString("--wasm-lazy-compilation");
  }
}
