import { kernelSession } from "./protocol/session.js";

/**
 * Removes what the running cell has shown; outside a notebook, nothing happens.
 *
 * @param options `wait`: not before something new is shown, so that nothing flickers.
 */
export function clearOutput(options: { wait?: boolean } = {}): void {
  kernelSession()?.publish("clear_output", { wait: options.wait ?? false });
}
