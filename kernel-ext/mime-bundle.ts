import { metadataOf, withMetadata } from "./bundle-metadata.js";
import { stillOf, withStill } from "./bundle-still.js";
import { valueText } from "./show/array-summary.js";
import { knownValue } from "./show/known-value.js";
import { isRecords, recordTable } from "./show/record-table.js";
import { showKnown } from "./show/show-known.js";

/** One value in several forms, of which a notebook shows the richest that it knows. */
export type MimeBundle = Record<string, unknown>;

const DISPLAY = Symbol.for("Jupyter.display");

/**
 * What a notebook shows of a value: what its `[Symbol.for("Jupyter.display")]()` returns (a
 * promise, if that is what it returns); a figure for images and results of the library; a table for a
 * list of records; or else its text as Node prints it, long arrays summarised.
 */
export function mimeBundle(value: unknown): MimeBundle | Promise<MimeBundle> {
  const show = (value as { [DISPLAY]?: unknown } | null | undefined)?.[DISPLAY];
  if (typeof show !== "function") return plainBundle(value);
  const bundle = show.call(value) as MimeBundle | Promise<MimeBundle>;
  return bundle instanceof Promise ? bundle.then(portable) : portable(bundle);
}

function plainBundle(value: unknown): MimeBundle | Promise<MimeBundle> {
  const text = { "text/plain": valueText(value) };
  if (isRecords(value)) return { ...text, "text/html": recordTable(value) };
  const known = knownValue(value);
  return known === undefined ? text : showKnown(known);
}

// Binary data travels as base64 in the messages of Jupyter, and in notebook files.
function portable(bundle: MimeBundle): MimeBundle {
  const encode = (data: unknown): unknown =>
    data instanceof Uint8Array ? Buffer.from(data).toString("base64") : data;
  const forms = Object.entries(bundle).map(([type, data]) => [type, encode(data)]);
  const encoded = withMetadata(Object.fromEntries(forms) as MimeBundle, metadataOf(bundle));
  const still = stillOf(bundle);
  return still === undefined ? encoded : withStill(encoded, still);
}
