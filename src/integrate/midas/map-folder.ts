import type { MidasParameters } from "../../config/midas/parameters.js";
import { FileAccessError, FileFormatError } from "../../errors.js";
import { nodeModule } from "../../host/node.js";
import { type OutputFile, writeTogether } from "../../host/write-atomic.js";
import { reportNotice } from "../../notice.js";
import { midasBins } from "./bins.js";
import type { MidasMap } from "./map.js";
import {
  decodeBins,
  decodeHeader,
  decodeMaskedBins,
  decodeRecords,
  encodeBins,
  encodeMap,
  encodeMaskedBins,
  type MidasMapHeader,
} from "./map-file.js";
import { midasParameterHash } from "./parameter-hash.js";

/**
 * Writes a map as MIDAS' Map.bin, nMap.bin and, where a mask reaches bins, maskMap.bin into a folder:
 * all of them or none.
 *
 * @returns the paths of the files
 * @throws OutputError
 */
export async function writeMidasMap(
  folder: string,
  map: MidasMap,
  parameters: MidasParameters,
): Promise<string[]> {
  const { rm } = nodeModule("node:fs/promises");
  const header: MidasMapHeader = {
    hash: midasParameterHash(parameters),
    isQ: midasBins(parameters).axis === "Q",
    isGradient: parameters.GradientCorrection,
    wavelength: parameters.Wavelength,
  };
  const { mapPath, binsPath, maskPath } = pathsOf(folder);
  const files: OutputFile[] = [
    { path: mapPath, data: encodeMap(map, header) },
    { path: binsPath, data: encodeBins(map, header) },
  ];
  const isMasked = map.maskedBins?.includes(1) === true;
  if (isMasked) files.push({ path: maskPath, data: encodeMaskedBins(map.maskedBins!, header) });
  await writeTogether(files);
  // That of an older map would be taken for this one's.
  if (!isMasked) await rm(maskPath, { force: true });
  return files.map(({ path }) => path);
}

/**
 * Reads the map of a folder: Map.bin and nMap.bin, and maskMap.bin where it is there. A notice tells where
 * it was made from other parameters.
 *
 * @throws FileAccessError for a file that cannot be read; FileFormatError for one that is damaged, or
 * whose bins or pixels are not those of the parameters.
 */
export async function readMidasMap(folder: string, parameters: MidasParameters): Promise<MidasMap> {
  const { mapPath, binsPath, maskPath } = pathsOf(folder);
  const [mapBytes, binBytes] = [await read(mapPath), await read(binsPath)];
  const header = decodeHeader(mapBytes, mapPath);
  const records = decodeRecords(mapBytes, mapPath);
  const bins = decodeBins(binBytes, binsPath, records.y.length);
  if (!isSame(header.hash, decodeHeader(binBytes, binsPath).hash)) {
    throw new FileFormatError(
      binsPath,
      "it was made from other parameters than Map.bin; build the map anew",
    );
  }
  const { radial, azimuthal } = midasBins(parameters);
  if (bins.counts.length !== radial * azimuthal) {
    throw new FileFormatError(
      binsPath,
      `it has ${bins.counts.length} bins, and the parameters ask for ${radial} × ${azimuthal}; build the map anew`,
    );
  }
  checkPixels(records, parameters, mapPath);
  const maskBytes = await read(maskPath).catch(() => undefined);
  if (!isSame(header.hash, midasParameterHash(parameters))) {
    reportNotice(
      `${mapPath}: its header says that it was made from other parameters, or by MIDAS' C programs, whose headers differ; build it anew if they changed`,
    );
  }
  return {
    ...records,
    ...bins,
    maskedBins: maskBytes && decodeMaskedBins(maskBytes, maskPath, bins.counts.length),
  };
}

function pathsOf(folder: string): { mapPath: string; binsPath: string; maskPath: string } {
  const { join } = nodeModule("node:path");
  return {
    mapPath: join(folder, "Map.bin"),
    binsPath: join(folder, "nMap.bin"),
    maskPath: join(folder, "maskMap.bin"),
  };
}

async function read(path: string): Promise<Uint8Array> {
  const { readFile } = nodeModule("node:fs/promises");
  return readFile(path).catch((cause: unknown) => {
    throw new FileAccessError(
      path,
      "this file of a MIDAS map cannot be read; check the folder, or build the map with cakelab midas-map",
      { cause },
    );
  });
}

function checkPixels(
  { y, z }: Pick<MidasMap, "y" | "z">,
  { NrPixelsY, NrPixelsZ }: MidasParameters,
  path: string,
): void {
  for (let record = 0; record < y.length; record++) {
    const [column, row] = [Math.round(y[record]!), Math.round(z[record]!)];
    if (column >= 0 && column < NrPixelsY && row >= 0 && row < NrPixelsZ) continue;
    throw new FileFormatError(
      path,
      `record ${record} is of pixel (${column}, ${row}), outside NrPixelsY ${NrPixelsY} and NrPixelsZ ${NrPixelsZ}; build the map anew`,
    );
  }
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
