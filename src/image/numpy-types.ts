import type { SampleType } from "../samples.js";

/** Element types by the kind and size that NumPy writes, after the sign of the byte order. */
export const NUMPY_TYPES: Readonly<Record<string, SampleType>> = {
  b1: "uint8",
  u1: "uint8",
  i1: "int8",
  u2: "uint16",
  i2: "int16",
  u4: "uint32",
  i4: "int32",
  u8: "uint64",
  i8: "int64",
  f4: "float32",
  f8: "float64",
};
