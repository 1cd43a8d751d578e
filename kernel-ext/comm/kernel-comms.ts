import { kernelSession } from "../protocol/session.js";
import type { Comm, CommSendOptions } from "./comm.js";
import { CommManager, type TargetHandler } from "./comm-manager.js";

let offline: CommManager | undefined;

/** The comms of the kernel that runs this code; outside a notebook, some that lead nowhere. */
export function kernelComms(): CommManager {
  // The kernel may have a copy of this class of its own.
  const comms = kernelSession()?.comms as CommManager | undefined;
  if (comms !== undefined) return comms;
  offline ??= new CommManager(() => undefined);
  return offline;
}

/**
 * Opens a comm to the page, whose code must have registered the target.
 *
 * @param options `buffers` go with the data; `id` is made up unless given.
 */
export function openComm(
  target: string,
  data: Record<string, unknown> = {},
  options: CommSendOptions & { id?: string } = {},
): Comm {
  return kernelComms().openComm(target, data, options);
}

/**
 * Says who handles the comms that the page opens by a name.
 *
 * @returns takes it back.
 * @example
 * ```ts
 * registerCommTarget("clock", (comm) => { comm.onMessage = () => comm.send({ now: Date.now() }); });
 * ```
 */
export function registerCommTarget(name: string, handler: TargetHandler): () => void {
  kernelComms().registerTarget(name, handler);
  return () => kernelComms().registerTarget(name, undefined);
}
