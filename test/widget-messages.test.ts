import { describe, expect, it } from "vitest";
import type { TypedArray } from "../src/array.js";
import { packArrays, unpackArrays } from "../src/widget-messages.js";

const KINDS = [
  Int8Array,
  Uint8Array,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
];

describe("arrays in messages", () => {
  it.each(KINDS)("come back as they were: %s", (Numbers) => {
    const data: TypedArray = Numbers.from([1, 2, 3, 100, 5, 6]);
    const { headers, buffers } = packArrays({ a: { data, shape: [2, 3] } });
    expect(unpackArrays(headers, buffers)).toEqual({ a: { data, shape: [2, 3] } });
  });

  it("come back from bytes that lie askew", () => {
    const data = Float64Array.of(1.5, -2);
    const { headers } = packArrays({ a: { data, shape: [2] } });
    const bytes = new Uint8Array(3 + 16);
    bytes.set(new Uint8Array(data.buffer), 3);
    const view = new DataView(bytes.buffer, 3, 16);
    expect(unpackArrays(headers, [view]).a!.data).toEqual(data);
  });
});
