import { CakelabError } from "../errors.js";

/** A function of the host (files, zlib) called where there is none, such as in a browser. */
class HostError extends CakelabError {
  readonly tag = "host";
}

interface BuiltinModules {
  "node:fs/promises": typeof import("node:fs/promises");
  "node:fs": typeof import("node:fs");
  "node:path": typeof import("node:path");
  "node:worker_threads": typeof import("node:worker_threads");
  "node:buffer": typeof import("node:buffer");
  "node:zlib": typeof import("node:zlib");
  "node:crypto": typeof import("node:crypto");
  "node:os": typeof import("node:os");
  "node:util": typeof import("node:util");
  "node:v8": typeof import("node:v8");
  "node:module": typeof import("node:module");
  "node:url": typeof import("node:url");
  "node:net": typeof import("node:net");
  "node:child_process": typeof import("node:child_process");
}

/**
 * One of Node's own modules, asked for when it is needed: so that everything else of the library
 * loads in a browser, without a bundler having to know.
 */
export function nodeModule<Name extends keyof BuiltinModules>(name: Name): BuiltinModules[Name] {
  const module = hasNode() ? process.getBuiltinModule(name) : undefined;
  if (module === undefined) {
    throw new HostError(
      `${name} is needed here and is only there in Node; in a browser, pass data instead of paths`,
    );
  }
  return module as BuiltinModules[Name];
}

/** Whether Node's modules are there. */
export function hasNode(): boolean {
  return typeof process !== "undefined" && typeof process.getBuiltinModule === "function";
}
