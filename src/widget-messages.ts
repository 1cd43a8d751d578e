import type { TypedArray } from "./array.js";

/** The element types that travel between kernel and page. */
export type ElementType =
  | "int8"
  | "uint8"
  | "int16"
  | "uint16"
  | "int32"
  | "uint32"
  | "float32"
  | "float64";

/** An array of numbers with its shape, row-major. */
export interface NumberArray {
  readonly data: TypedArray;
  readonly shape: readonly number[];
}

/** The arrays that a view shows, by their names. */
export type ViewArrays = Readonly<Record<string, NumberArray>>;

/** What is said of an array whose numbers lie in a buffer of the same message. */
export interface ArrayHeader {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
}

/** What the kernel's side of a view tells the page's, beside its traits. */
export type MessageToPage =
  /** There are other arrays than those the page may have. */
  | { readonly do: "changed"; readonly revision: number }
  /** One buffer for each header. */
  | { readonly do: "arrays"; readonly revision: number; readonly arrays: readonly ArrayHeader[] };

/** What the kernel's side of `MaskEditor` tells the page's. */
export type MaskMessageToPage =
  /** A mask in bits (`packMask`): in place of the one that is there, or what is to be added to it. */
  | { readonly do: "mask"; readonly add: boolean }
  /** What came of something that the page has asked for. */
  | { readonly do: "told"; readonly text: string; readonly failed: boolean };

/** What the page's side of `MaskEditor` tells the kernel's. */
export type MaskMessageToKernel =
  /** The mask as it is now, in bits. */
  | { readonly do: "mask" }
  | { readonly do: "automatic"; readonly name: string }
  | { readonly do: "save" | "load"; readonly path: string };

/** What the kernel's side of `ScanMap` tells the page's. */
export type ScanMessageToPage =
  /** Patterns that have come: buffers of their points and their frames (int32), and of the patterns. */
  | { readonly do: "points" }
  /** The maps that were asked for, a buffer each (float32). */
  | { readonly do: "maps"; readonly request: number }
  /** The pattern of a point (float32). */
  | { readonly do: "pattern"; readonly point: number }
  /** The detector image of a frame; a buffer for each header. */
  | { readonly do: "frame"; readonly index: number; readonly arrays: readonly ArrayHeader[] }
  /** Why there is no image of a frame. */
  | { readonly do: "no frame"; readonly index: number; readonly text: string }
  /** Why the maps that were asked for cannot be. */
  | { readonly do: "no maps"; readonly request: number; readonly text: string }
  /** A slice through the sample; a buffer for each header. */
  | { readonly do: "slice"; readonly words: string; readonly arrays: readonly ArrayHeader[] }
  /** Why there is no slice. */
  | { readonly do: "no slice"; readonly text: string };

/** What a map of a scan shows of its radial range: its intensity, or the peak that was fitted in it. */
export const MAP_QUANTITIES = ["intensity", "position", "width", "area"] as const;
export type MapQuantity = (typeof MAP_QUANTITIES)[number];

/** What the page's side of `ScanMap` tells the kernel's; ranges are bins. */
export type ScanMessageToKernel =
  /** Maps of a scan that is too large to send, or of peaks. */
  | {
      readonly do: "maps";
      readonly request: number;
      readonly quantity: MapQuantity;
      readonly ranges: readonly (readonly [first: number, end: number])[];
      readonly background: readonly [first: number, end: number] | null;
    }
  | { readonly do: "pattern"; readonly point: number }
  | { readonly do: "frame"; readonly index: number }
  /** A slice of the first range: the slow motor rotates the sample. */
  | { readonly do: "slice" };

/** What the page's side of a view tells the kernel's, beside its traits. */
export type MessageToKernel =
  /** The page wants the arrays. */
  | { readonly do: "arrays" }
  /** The view's picture as a PNG, in a buffer: what is seen where there is no kernel. */
  | { readonly do: "still"; readonly width: number; readonly height: number };

/** A Debye–Scherrer ring that is drawn over an image; `twoTheta` in radians. */
export interface Ring {
  readonly label: string;
  readonly twoTheta: number;
}

/** A part of an image; points are (row, column) in pixels whose centres are whole numbers. */
export interface Region {
  readonly name: string;
  /** A rectangle and an ellipse are given by two opposite corners of their frame. */
  readonly shape: "rectangle" | "ellipse" | "polygon";
  readonly points: readonly (readonly [row: number, column: number])[];
}

/** What the rows of a caked image are. */
export type CakeRows =
  | {
      readonly kind: "cakes";
      /** Degrees clockwise from North, a cake each; cake 1 is the first row, at the top. */
      readonly centers: readonly number[];
    }
  | {
      readonly kind: "azimuth";
      /** Degrees (pyFAI's χ), from the bottom. */
      readonly azimuthal: readonly number[];
    };

const CONSTRUCTORS = {
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  float32: Float32Array,
  float64: Float64Array,
} as const;

/** Takes arrays apart for a message: headers, and the buffers that go with them. */
export function packArrays(arrays: ViewArrays): { headers: ArrayHeader[]; buffers: TypedArray[] } {
  const entries = Object.entries(arrays);
  return {
    headers: entries.map(([name, { data, shape }]) => ({ name, type: elementType(data), shape })),
    buffers: entries.map(([, { data }]) => data),
  };
}

/** Puts arrays together again; bytes that lie askew in a message are copied. */
export function unpackArrays(
  headers: readonly ArrayHeader[],
  buffers: readonly ArrayBufferView[],
): ViewArrays {
  const arrays: Record<string, NumberArray> = {};
  for (const [i, { name, type, shape }] of headers.entries()) {
    const { buffer, byteOffset, byteLength } = buffers[i]!;
    const Numbers = CONSTRUCTORS[type];
    const aligned = byteOffset % Numbers.BYTES_PER_ELEMENT === 0;
    const bytes = aligned ? buffer : buffer.slice(byteOffset, byteOffset + byteLength);
    const start = aligned ? byteOffset : 0;
    const data = new Numbers(bytes as ArrayBuffer, start, byteLength / Numbers.BYTES_PER_ELEMENT);
    arrays[name] = { data, shape };
  }
  return arrays;
}

function elementType(data: TypedArray): ElementType {
  if (data instanceof Uint8ClampedArray) return "uint8";
  const found = Object.entries(CONSTRUCTORS).find(([, Numbers]) => data instanceof Numbers);
  return found![0] as ElementType;
}
