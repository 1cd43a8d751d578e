import { type Gpu, type GpuMode, openGpu } from "./gpu-js.js";

/** A mode that works, and what was made with it. */
export interface Working<T> {
  readonly gpu: Gpu;
  readonly made: T;
}

/** The first mode with which something can be made, or why there is none. */
export async function firstMode<T>(
  modes: readonly GpuMode[],
  make: (gpu: Gpu) => Promise<T>,
): Promise<Working<T> | string> {
  const reasons: string[] = [];
  for (const mode of modes) {
    let gpu: Gpu | undefined;
    try {
      gpu = await openGpu(mode);
      if (gpu !== undefined) return { gpu, made: await make(gpu) };
      reasons.push(`there is no ${mode}`);
    } catch (error) {
      reasons.push(`${mode} failed: ${reasonOf(error)}`);
      await gpu?.close().catch(() => undefined);
    }
  }
  return reasons.join(", ");
}

/** The message of anything thrown. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
