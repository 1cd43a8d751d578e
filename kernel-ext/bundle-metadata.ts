/** What a notebook keeps of each form of a value, such as a picture's size. */
export type BundleMetadata = Readonly<Record<string, unknown>>;

// A registered symbol, because the kernel and a notebook's project may have two copies of this file.
const METADATA = Symbol.for("cakelab.metadata");

/** The bundle with metadata that goes with it, out of the way of its forms. */
export function withMetadata<T extends object>(bundle: T, metadata: BundleMetadata): T {
  Object.defineProperty(bundle, METADATA, { value: metadata });
  return bundle;
}

/** The metadata of a bundle; none by default. */
export function metadataOf(bundle: object): BundleMetadata {
  return (bundle as { [METADATA]?: BundleMetadata })[METADATA] ?? {};
}
