import type { Image } from "../../src/array.js";
import type { Cakes } from "../../src/cake/cakes.js";
import type { Integrate1dResult, Integrate2dResult } from "../../src/integrate/result.js";
import { isTypedArray } from "./array-summary.js";

/** A value of the library that has a picture. */
export type Known =
  | { readonly kind: "image"; readonly value: Image }
  | { readonly kind: "cakes"; readonly value: Cakes }
  | { readonly kind: "2d"; readonly value: Integrate2dResult }
  | { readonly kind: "1d"; readonly value: Integrate1dResult };

/** What a value of the library is, told by its fields: such values are plain objects. */
export function knownValue(value: unknown): Known | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const fields = value as Record<string, unknown>;
  const { radial, intensity, unit } = fields;
  if (isFilled(radial) && typeof unit === "string") {
    if (Array.isArray(intensity) && intensity.length > 0 && Array.isArray(fields.centers)) {
      return { kind: "cakes", value: value as Cakes };
    }
    if (!isFilled(intensity)) return undefined;
    if (isFilled(fields.azimuthal)) return { kind: "2d", value: value as Integrate2dResult };
    return { kind: "1d", value: value as Integrate1dResult };
  }
  return isImage(fields) ? { kind: "image", value: value as Image } : undefined;
}

function isFilled(value: unknown): boolean {
  return isTypedArray(value) && value.length > 0;
}

function isImage({ data, shape }: Record<string, unknown>): boolean {
  if (!isTypedArray(data) || !Array.isArray(shape) || shape.length !== 2) return false;
  const [rows, columns] = shape as [unknown, unknown];
  if (!Number.isInteger(rows) || !Number.isInteger(columns)) return false;
  return (rows as number) > 0 && data.length === (rows as number) * (columns as number);
}
