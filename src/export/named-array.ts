/** An array of a file that holds several, in groups, such as `OmegaSumFrame/LastFrameNumber_9`. */
export interface NamedArray {
  readonly path: string;
  readonly shape: readonly number[];
  /** Made when it is written, row-major: not all need be in memory at a time. */
  readonly data: () => Float64Array;
  readonly attributes?: Readonly<Record<string, string | number>>;
}
