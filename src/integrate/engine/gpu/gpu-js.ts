import { EngineError } from "../../../errors.js";
import { withNodeWebGpu } from "./node-webgpu.js";
import type { SubRowLimits } from "./sub-rows.js";

/** gpu.js' modes that are of use, the best first; its `cpu` is plain JavaScript and is left out. */
export const GPU_MODES = ["webgpu", "webgl2", "headlessgl", "webgl", "webasm"] as const;
export type GpuMode = (typeof GPU_MODES)[number];

/** A flat array with its extents, the fastest first. */
export type KernelInput = object;

/** A kernel made by gpu.js: arguments are read before it returns. */
export type Kernel = (...args: (KernelInput | number)[]) => Promise<Float32Array | Float32Array[]>;

/** gpu.js in one of its modes. */
export interface Gpu {
  readonly mode: GpuMode;
  readonly limits: SubRowLimits;
  input(values: ArrayLike<number>, size: readonly number[]): KernelInput;
  /**
   * Makes a kernel from its text in gpu.js' JavaScript: a text, because gpu.js reads the source of a
   * function, which bundlers rewrite.
   */
  kernel(
    source: string,
    output: readonly number[],
    constants?: Readonly<Record<string, KernelInput>>,
  ): Kernel;
  isLost(): boolean;
  close(): Promise<void>;
}

// The part of gpu.js that is used: its own types name the DOM's, which Node does not have.
interface GpuJs {
  readonly GPU: GpuClass;
  readonly WebGPUContext?: { acquire(): Promise<WebGpuContext> };
  readonly input: (values: ArrayLike<number>, size: readonly number[]) => KernelInput;
}

interface GpuClass {
  new (settings: { mode: GpuMode }): GpuInstance;
  readonly isWebGL2Supported: boolean;
  readonly isHeadlessGLSupported: boolean;
  readonly isWebGLSupported: boolean;
  readonly isWebAssemblySupported: boolean;
}

interface GpuInstance {
  readonly Kernel: { readonly features: { readonly maxTextureSize: number } };
  readonly context: { isContextLost?(): boolean } | null;
  createKernel(source: string, settings: object): Kernel;
  destroy(): Promise<void>;
}

interface WebGpuContext {
  readonly isLost: boolean;
  readonly device: {
    readonly limits: {
      readonly maxStorageBufferBindingSize: number;
      readonly maxBufferSize: number;
    };
  };
}

/** Float32 holds whole numbers up to here. */
const EXACT = 2 ** 24;
/** More would not fit in the 4 GiB of WebAssembly, pixel numbers and weights together. */
const MOST_ENTRIES = 2 ** 28;
/** Values in a texel, and bytes in a value. */
const [CHANNELS, BYTES] = [4, 4];

/** Opens gpu.js in a mode; `undefined` where it is not to be had here. */
export async function openGpu(mode: GpuMode): Promise<Gpu | undefined> {
  // On first use, because gpu.js looks for GPUs while it is imported.
  const module = (await import("gpu.js")) as unknown as GpuJs & { default?: GpuJs };
  const gpuJs = module.default ?? module;
  if (mode === "webgpu") return withNodeWebGpu(() => openWebGpu(gpuJs));
  const { GPU } = gpuJs;
  const isSupported = {
    webgl2: () => GPU.isWebGL2Supported,
    headlessgl: () => GPU.isHeadlessGLSupported,
    webgl: () => GPU.isWebGLSupported,
    webasm: () => GPU.isWebAssemblySupported,
  }[mode]();
  if (!isSupported) return undefined;
  const gpu = new GPU({ mode });
  const { maxTextureSize } = gpu.Kernel.features;
  const isLost = (): boolean => gpu.context?.isContextLost?.() ?? false;
  return opened(gpuJs, gpu, mode, CHANNELS * maxTextureSize ** 2, isLost);
}

async function openWebGpu(gpuJs: GpuJs): Promise<Gpu | undefined> {
  // gpu.js refuses at once where no `navigator.gpu` is, and only later where that has no adapter.
  const [gpu, context] = await openWebGpuDevice(gpuJs).catch(() => []);
  if (gpu === undefined || context === undefined) return undefined;
  const { maxStorageBufferBindingSize, maxBufferSize } = context.device.limits;
  const values = Math.floor(Math.min(maxStorageBufferBindingSize, maxBufferSize) / BYTES);
  return opened(gpuJs, gpu, "webgpu", values, () => context.isLost);
}

async function openWebGpuDevice(gpuJs: GpuJs): Promise<[GpuInstance, WebGpuContext] | []> {
  const gpu = new gpuJs.GPU({ mode: "webgpu" });
  const context = await gpuJs.WebGPUContext?.acquire();
  return context === undefined ? [] : [gpu, context];
}

function opened(
  { input }: GpuJs,
  gpu: GpuInstance,
  mode: GpuMode,
  values: number,
  isLost: () => boolean,
): Gpu {
  const entries = Math.min(values, MOST_ENTRIES);
  return {
    mode,
    limits: { pixels: Math.min(entries, EXACT), entries },
    input,
    kernel: (source, output, constants = {}) =>
      gpu.createKernel(source, {
        output,
        constants,
        precision: "single",
        asyncMode: true,
        // gpu.js would go on in plain JavaScript and print so.
        onRequestFallback: () => {
          throw new EngineError("gpu", `gpu.js cannot run a kernel in mode ${mode}`);
        },
      }),
    isLost,
    close: () => gpu.destroy(),
  };
}
