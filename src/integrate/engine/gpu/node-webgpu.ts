import { hasNode } from "../../../host/node.js";

const host = globalThis as {
  navigator?: { readonly gpu?: object; readonly hardwareConcurrency?: number };
};

interface WebGpuPackage {
  readonly create?: (options: string[]) => object;
}

// Kept, because its devices do not keep it: the process would crash with the next garbage collection.
let created: Promise<object | undefined> | undefined;

/**
 * Runs an action while `navigator.gpu` is there: in Node, where the package `webgpu` is installed,
 * it is lent for that time only. gpu.js asks for it when it opens a device and not again.
 */
export async function withNodeWebGpu<T>(action: () => Promise<T>): Promise<T> {
  const gpu = await missingGpu();
  const own = Object.getOwnPropertyDescriptor(host, "navigator");
  if (gpu === undefined) return action();
  const { hardwareConcurrency } = host.navigator ?? {};
  Object.defineProperty(host, "navigator", {
    value: { gpu, hardwareConcurrency },
    configurable: true,
  });
  try {
    return await action();
  } finally {
    if (own === undefined) Reflect.deleteProperty(host, "navigator");
    else Object.defineProperty(host, "navigator", own);
  }
}

/** Whether WebGPU may be had here: in a browser that offers it, or in Node with the package `webgpu`. */
export async function mayHaveWebGpu(): Promise<boolean> {
  return host.navigator?.gpu !== undefined || (await missingGpu()) !== undefined;
}

/** What `navigator.gpu` lacks in Node. */
async function missingGpu(): Promise<object | undefined> {
  if (!hasNode()) return undefined;
  created ??= createGpu();
  const gpu = await created;
  return host.navigator?.gpu === undefined ? gpu : undefined;
}

async function createGpu(): Promise<object | undefined> {
  // A name that bundlers and compilers cannot follow: the package is the user's to install.
  const name: string = "webgpu";
  try {
    const found = (await import(name)) as WebGpuPackage & { default?: WebGpuPackage };
    return (found.create ?? found.default?.create)?.([]);
  } catch {
    return undefined;
  }
}
