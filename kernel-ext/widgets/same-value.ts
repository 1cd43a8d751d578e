import { isBinary, isPlainObject } from "../comm/buffers.js";
import { isWidget } from "./widget-identity.js";

/**
 * Whether a trait has kept its value. Binary data never counts as kept, because a program may have
 * written into it; with `binary: "kept"` it always does.
 */
export function sameValue(a: unknown, b: unknown, binary: "kept" | "changed" = "changed"): boolean {
  if (isBinary(a) || isBinary(b)) return binary === "kept" && isBinary(a) && isBinary(b);
  if (Object.is(a, b)) return binary === "kept" || !holdsBinary(a);
  if (isWidget(a) || isWidget(b)) return false;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, i) => sameValue(item, b[i], binary));
  }
  if (a instanceof Date && b instanceof Date) return a.getTime() === b.getTime();
  if (!isPlainObject(a) || !isPlainObject(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameValue(a[key], b[key], binary))
  );
}

function holdsBinary(value: unknown): boolean {
  if (isBinary(value)) return true;
  if (Array.isArray(value)) return value.some(holdsBinary);
  return isPlainObject(value) && Object.values(value).some(holdsBinary);
}
