import { kernelSession } from "./protocol/session.js";

/**
 * Asks the user of the running cell for a line of text.
 *
 * @param options `password`: what is typed is not shown.
 * @throws Error outside a notebook, and where nobody can be asked, as in a headless run.
 * @example
 * ```ts
 * const name = await input("sample: ");
 * ```
 */
export function input(prompt = "", options: { password?: boolean } = {}): Promise<string> {
  const session = kernelSession();
  if (session === undefined) {
    return Promise.reject(new Error("input asks the user of a notebook; this is no notebook"));
  }
  return session.input(prompt, options);
}
