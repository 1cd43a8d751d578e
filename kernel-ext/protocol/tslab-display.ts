import { createRequire } from "node:module";
import type { Content } from "./messages.js";
import type { KernelSession } from "./session.js";

/**
 * Sends what cells show with tslab's own `display` to the front end. Loads a part of tslab that
 * loads the compiler: not to be called before the compiler has been loaded, and patched.
 */
export function connectTslabDisplay(session: KernelSession): void {
  const jupyter = createRequire(import.meta.url)("tslab/dist/jupyter.js") as {
    lastWriteDisplayData: (data: Content, update: boolean) => void;
  };
  jupyter.lastWriteDisplayData = (data, update) =>
    session.publish(update ? "update_display_data" : "display_data", data);
}
