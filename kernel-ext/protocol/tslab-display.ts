import Module, { createRequire } from "node:module";
import type { Content } from "./messages.js";
import type { KernelSession } from "./session.js";

/**
 * Sends what cells show with tslab's own `display` to the front end. tslab's own kernel, which it
 * would load for that, is not loaded.
 */
export function connectTslabDisplay(session: KernelSession): void {
  const require = createRequire(import.meta.url);
  const path = require.resolve("tslab/dist/jupyter.js");
  const module = new Module(path);
  module.loaded = true;
  module.exports = {
    lastWriteDisplayData: (data: Content, update: boolean): void =>
      session.publish(update ? "update_display_data" : "display_data", data),
  };
  require.cache[path] = module;
}
