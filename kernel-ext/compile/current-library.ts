/**
 * Declarations of what the Node that runs has and tslab's compiler, which is older, does not know.
 *
 * Typed arrays share one text: each array type gets the methods that copy.
 */
export function currentLibrary(): string {
  return [
    ["toSorted" in Array.prototype, ARRAY_COPIES],
    ["groupBy" in Object, GROUP_BY],
    ["withResolvers" in Promise, WITH_RESOLVERS],
    ["isWellFormed" in String.prototype, WELL_FORMED],
    ["fromAsync" in Array, FROM_ASYNC],
    ["union" in Set.prototype, SET_METHODS],
    ["transfer" in ArrayBuffer.prototype, BUFFER_TRANSFER],
  ]
    .filter(([isThere]) => isThere)
    .map(([, text]) => text)
    .join("\n");
}

const TYPED_ARRAYS = ["Int8", "Uint8", "Uint8Clamped", "Int16", "Uint16", "Int32", "Uint32"]
  .concat("Float32", "Float64")
  .map((kind) => copiesOf(`${kind}Array`, "number"))
  .concat(["BigInt64Array", "BigUint64Array"].map((name) => copiesOf(name, "bigint")))
  .join("\n");

const ARRAY_COPIES = `
interface ReadonlyArray<T> {
  /** A copy in reverse order. */
  toReversed(): T[];
  /** A sorted copy. */
  toSorted(compareFn?: (a: T, b: T) => number): T[];
  /** A copy with some elements removed, and others put in their place. */
  toSpliced(start: number, deleteCount?: number, ...items: T[]): T[];
  /** A copy with another value at an index. */
  with(index: number, value: T): T[];
}
interface Array<T> {
  /** A copy in reverse order. */
  toReversed(): T[];
  /** A sorted copy. */
  toSorted(compareFn?: (a: T, b: T) => number): T[];
  /** A copy with some elements removed, and others put in their place. */
  toSpliced(start: number, deleteCount?: number, ...items: T[]): T[];
  /** A copy with another value at an index. */
  with(index: number, value: T): T[];
}
${TYPED_ARRAYS}`;

function copiesOf(name: string, element: string): string {
  return `interface ${name} {
  /** A copy in reverse order. */
  toReversed(): ${name};
  /** A sorted copy. */
  toSorted(compareFn?: (a: ${element}, b: ${element}) => number): ${name};
  /** A copy with another value at an index. */
  with(index: number, value: ${element}): ${name};
}`;
}

const GROUP_BY = `
interface ObjectConstructor {
  /** The items by the key that the callback gives to each. */
  groupBy<K extends PropertyKey, T>(
    items: Iterable<T>, keySelector: (item: T, index: number) => K,
  ): Partial<Record<K, T[]>>;
}
interface MapConstructor {
  /** The items by the key that the callback gives to each. */
  groupBy<K, T>(items: Iterable<T>, keySelector: (item: T, index: number) => K): Map<K, T[]>;
}`;

const WITH_RESOLVERS = `
interface PromiseWithResolvers<T> {
  promise: Promise<T>;
  resolve: (value: T | PromiseLike<T>) => void;
  reject: (reason?: any) => void;
}
interface PromiseConstructor {
  /** A promise, and what settles it. */
  withResolvers<T>(): PromiseWithResolvers<T>;
}`;

const WELL_FORMED = `
interface String {
  /** Whether there are no lone surrogates. */
  isWellFormed(): boolean;
  /** A copy with U+FFFD for each lone surrogate. */
  toWellFormed(): string;
}`;

const FROM_ASYNC = `
interface ArrayConstructor {
  /** An array of what an iterable, of promises too, gives. */
  fromAsync<T>(
    items: AsyncIterable<T> | Iterable<T | PromiseLike<T>> | ArrayLike<T | PromiseLike<T>>,
  ): Promise<T[]>;
  /** An array of what an iterable, of promises too, gives. */
  fromAsync<T, U>(
    items: AsyncIterable<T> | Iterable<T> | ArrayLike<T>,
    map: (value: Awaited<T>, index: number) => U,
  ): Promise<Awaited<U>[]>;
}`;

const SET_METHODS = `
interface ReadonlySetLike<T> {
  keys(): Iterator<T>;
  has(value: T): boolean;
  readonly size: number;
}
${["Set", "ReadonlySet"].map(setMethods).join("\n")}`;

function setMethods(name: string): string {
  return `interface ${name}<T> {
  union<U>(other: ReadonlySetLike<U>): Set<T | U>;
  intersection<U>(other: ReadonlySetLike<U>): Set<T & U>;
  difference<U>(other: ReadonlySetLike<U>): Set<T>;
  symmetricDifference<U>(other: ReadonlySetLike<U>): Set<T | U>;
  isSubsetOf(other: ReadonlySetLike<unknown>): boolean;
  isSupersetOf(other: ReadonlySetLike<unknown>): boolean;
  isDisjointFrom(other: ReadonlySetLike<unknown>): boolean;
}`;
}

const BUFFER_TRANSFER = `
interface ArrayBuffer {
  /** Whether the memory has been handed to another buffer. */
  readonly detached: boolean;
  /** Hands the memory to a new buffer. */
  transfer(newByteLength?: number): ArrayBuffer;
  /** Hands the memory to a new buffer of fixed length. */
  transferToFixedLength(newByteLength?: number): ArrayBuffer;
}`;
