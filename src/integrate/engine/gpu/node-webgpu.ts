import { hasNode } from "../../../host/node.js";

interface WebGpuPackage {
  readonly create?: (options: string[]) => object;
}

/**
 * Runs an action while `navigator.gpu` is there: in Node, where the package `webgpu` is installed,
 * it is lent for that time only. gpu.js asks for it when it opens a device and not again.
 */
export async function withNodeWebGpu<T>(action: () => Promise<T>): Promise<T> {
  const { navigator } = globalThis as {
    navigator?: { gpu?: object; hardwareConcurrency?: number };
  };
  const gpu = navigator?.gpu !== undefined || !hasNode() ? undefined : await nodeGpu();
  if (gpu === undefined) return action();
  const own = Object.getOwnPropertyDescriptor(globalThis, "navigator");
  Object.defineProperty(globalThis, "navigator", {
    value: { gpu, hardwareConcurrency: navigator?.hardwareConcurrency },
    configurable: true,
    writable: true,
  });
  try {
    return await action();
  } finally {
    if (own === undefined) Reflect.deleteProperty(globalThis, "navigator");
    else Object.defineProperty(globalThis, "navigator", own);
  }
}

async function nodeGpu(): Promise<object | undefined> {
  // A name that bundlers and compilers cannot follow: the package is the user's to install.
  const name: string = "webgpu";
  try {
    const found = (await import(name)) as WebGpuPackage & { default?: WebGpuPackage };
    return (found.create ?? found.default?.create)?.([]);
  } catch {
    return undefined;
  }
}
