import { inspect } from "node:util";

/** One value in several forms, of which a notebook shows the richest that it knows. */
export type MimeBundle = Record<string, unknown>;

const DISPLAY = Symbol.for("Jupyter.display");

/**
 * What a notebook shows of a value: what its `[Symbol.for("Jupyter.display")]()` returns (a
 * promise, if that is what it returns), or else its text as Node prints it.
 */
export function mimeBundle(value: unknown): MimeBundle | Promise<MimeBundle> {
  const show = (value as { [DISPLAY]?: unknown } | null | undefined)?.[DISPLAY];
  if (typeof show !== "function") return { "text/plain": inspect(value) };
  const bundle = show.call(value) as MimeBundle | Promise<MimeBundle>;
  return bundle instanceof Promise ? bundle.then(portable) : portable(bundle);
}

// Binary data travels as base64 in the messages of Jupyter, and in notebook files.
function portable(bundle: MimeBundle): MimeBundle {
  const encode = (data: unknown): unknown =>
    data instanceof Uint8Array ? Buffer.from(data).toString("base64") : data;
  return Object.fromEntries(Object.entries(bundle).map(([type, data]) => [type, encode(data)]));
}
