import { hasNode, nodeModule } from "../host/node.js";

/** Where an image lies: a file, and what in it. */
export interface ImageAddress {
  readonly path: string;
  /** A dataset or group of an HDF5 file: `"/entry/data"`. */
  readonly dataset: string | undefined;
  /** The one frame that is meant, from 0. */
  readonly frame: number | undefined;
}

/**
 * Takes an address such as `scan.h5::/entry/data[3]` apart; the path of a file that exists is taken
 * as it is.
 */
export function parseAddress(address: string): ImageAddress {
  const whole = { path: address, dataset: undefined, frame: undefined };
  const [, path, dataset, frame] = ADDRESS.exec(address) ?? [];
  if (path === undefined || (dataset === undefined && frame === undefined)) return whole;
  if (hasNode() && nodeModule("node:fs").existsSync(address)) return whole;
  return { path, dataset, frame: frame === undefined ? undefined : Number(frame) };
}

const ADDRESS = /^(.+?)::(\/.*?)?(?:\[(\d{1,15})\])?$/s;

/** The other way: the address of another file with what is meant in this one. */
export function addressIn(path: string, { dataset, frame }: ImageAddress): string {
  if (dataset === undefined && frame === undefined) return path;
  return `${path}::${dataset ?? ""}${frame === undefined ? "" : `[${frame}]`}`;
}
