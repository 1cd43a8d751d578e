// The part of WebAssembly's interface that is used here; TypeScript has it with the DOM only.
declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array);
    readonly __module: unique symbol;
  }
  type Exports = Readonly<Record<string, unknown>>;
  class Memory {
    constructor(descriptor: { initial: number; maximum?: number; shared?: boolean });
    readonly buffer: ArrayBuffer | SharedArrayBuffer;
    grow(pages: number): number;
  }
  class Instance {
    readonly exports: Exports;
  }
  function compile(bytes: Uint8Array): Promise<Module>;
  function instantiate(module: Module, imports: object): Promise<Instance>;
}
