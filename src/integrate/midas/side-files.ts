import type { Image } from "../../array.js";
import type { MidasParameters } from "../../config/midas/parameters.js";
import { FileAccessError, FileFormatError } from "../../errors.js";
import { type MidasPanels, midasPanels, parsePanelShifts } from "../../geometry/midas-panels.js";
import type { RadiusCorrection } from "../../geometry/midas-projection.js";
import { midasTransform, transformed } from "../../geometry/midas-transform.js";
import { nodeModule } from "../../host/node.js";
import { readImage } from "../../image/read-image.js";
import { reportNotice } from "../../notice.js";
import { checkImage } from "../check-image.js";

/** What a parameter file names beside itself, in the orientation after ImTransOpt. */
export interface MidasSideData {
  /** 1 = never counts. */
  readonly mask: Uint8Array | undefined;
  readonly flat: Float64Array | undefined;
  readonly radiusCorrection: RadiusCorrection | undefined;
  /** What is added to Y and Z of each pixel. */
  readonly distortion: { readonly dY: Float64Array; readonly dZ: Float64Array } | undefined;
  readonly panels: MidasPanels | undefined;
}

/** What stands in for files, and how masks and flats lie. */
export interface MidasSideOptions {
  /** Instead of MaskFile: 1 = masked. */
  readonly mask?: Image;
  /** Instead of FlatFile. */
  readonly flat?: Image;
  /**
   * Whether mask and flat lie as the detector writes its images, so that ImTransOpt is done to them too,
   * as MIDAS' C programs do. Default `false`: they lie as after it, as midas-integrate takes them; a
   * notice then says so.
   */
  readonly rawMask?: boolean;
}

/**
 * Reads the files that a parameter file names. A relative path is one from the working folder or, where
 * there is no such file, from the parameter file's.
 *
 * @throws FileAccessError, FileFormatError for a file that is missing or not what it should be;
 * ShapeError for a mask or flat of another shape.
 */
export async function readMidasSideData(
  parameters: MidasParameters,
  options: MidasSideOptions = {},
): Promise<MidasSideData> {
  const { NrPixelsY, NrPixelsZ, NPanelsY, NPanelsZ, ImTransOpt } = parameters;
  const shape = [NrPixelsZ, NrPixelsY] as const;
  const transform = midasTransform(ImTransOpt, shape);
  const laid = <T extends Float64Array | Uint8Array>(data: T): T =>
    options.rawMask === true ? transformed(data, shape, transform) : data;
  const [mask, flat] = [
    options.mask ?? (await imageOf(parameters, "MaskFile")),
    options.flat ?? (await imageOf(parameters, "FlatFile")),
  ];
  tellOrientation(parameters, options, mask ?? flat);
  const maskPath = options.mask === undefined ? parameters.MaskFile : "mask";
  const residual = await doublesOf(parameters, "ResidualCorrectionMap", 1);
  const [dY, dZ] = (await doublesOf(parameters, "DistortionFile", 2)) ?? [];
  return {
    mask: mask && laid(maskValues(mask, shape, maskPath)),
    flat: flat && laid(flatValues(flat, shape)),
    radiusCorrection: residual && { data: residual[0]!, shape },
    distortion: dY &&
      dZ && { dY: transformed(dY, shape, transform), dZ: transformed(dZ, shape, transform) },
    panels:
      NPanelsY > 0 && NPanelsZ > 0
        ? midasPanels(parameters, await shiftsOf(parameters))
        : undefined,
  };
}

/** Which way round a mask lies, MIDAS' own programs do not agree on. */
function tellOrientation(
  { ImTransOpt, path }: MidasParameters,
  { rawMask }: MidasSideOptions,
  image: Image | undefined,
): void {
  if (image === undefined || rawMask !== undefined || !ImTransOpt.some((way) => way !== 0)) return;
  reportNotice(
    `${path === "" ? "" : `${path}: `}mask and flat are taken to lie as images do after ImTransOpt, as in midas-integrate; if they lie as the detector writes, as for MIDAS' C programs, set rawMask (--raw-mask) to true, else to false`,
  );
}

type FileKey =
  | "MaskFile"
  | "FlatFile"
  | "ResidualCorrectionMap"
  | "DistortionFile"
  | "PanelShiftsFile";

async function imageOf(parameters: MidasParameters, key: FileKey): Promise<Image | undefined> {
  return parameters[key] === "" ? undefined : readImage(await pathOf(parameters, key));
}

function maskValues(
  { data, shape }: Image,
  expected: readonly [number, number],
  path: string,
): Uint8Array {
  checkImage("mask", { data, shape }, expected);
  const other = data.find((value) => value !== 0 && value !== 1);
  if (other !== undefined) {
    throw new FileFormatError(
      path,
      `this mask has the value ${other}, which MIDAS does not mask; write 1 for masked and 0 for the others`,
    );
  }
  const values = Uint8Array.from(data);
  const masked = values.reduce((sum, value) => sum + value, 0);
  if (masked > 0.5 * values.length) {
    reportNotice(
      `${path} masks ${masked} of ${values.length} pixels; 1 means masked, invert it if 1 was meant to count`,
    );
  }
  return values;
}

function flatValues(image: Image, expected: readonly [number, number]): Float64Array {
  checkImage("flat", image, expected);
  return Float64Array.from(image.data);
}

/** Maps of float64 numbers, little-endian, one for each pixel. */
async function doublesOf(
  parameters: MidasParameters,
  key: FileKey,
  maps: number,
): Promise<Float64Array[] | undefined> {
  if (parameters[key] === "") return undefined;
  const { NrPixelsY, NrPixelsZ } = parameters;
  const path = await pathOf(parameters, key);
  const bytes = await read(path, key);
  const pixels = NrPixelsY * NrPixelsZ;
  if (bytes.byteLength !== 8 * pixels * maps) {
    throw new FileFormatError(
      path,
      `a ${key} of ${NrPixelsZ} × ${NrPixelsY} pixels has ${8 * pixels * maps} bytes, and this file ${bytes.byteLength}; check it, NrPixelsY and NrPixelsZ`,
    );
  }
  const values = new Float64Array(new Uint8Array(bytes).buffer);
  if (!values.every(Number.isFinite)) {
    throw new FileFormatError(path, `this ${key} has a value that is not finite; correct it`);
  }
  return Array.from({ length: maps }, (_, i) => values.slice(i * pixels, (i + 1) * pixels));
}

async function shiftsOf(parameters: MidasParameters) {
  if (parameters.PanelShiftsFile === "") return undefined;
  const path = await pathOf(parameters, "PanelShiftsFile");
  const text = new TextDecoder().decode(await read(path, "PanelShiftsFile"));
  return parsePanelShifts(text, path, parameters.NPanelsY * parameters.NPanelsZ);
}

async function read(path: string, key: FileKey): Promise<Uint8Array> {
  const { readFile } = nodeModule("node:fs/promises");
  return readFile(path).catch((cause: unknown) => {
    throw new FileAccessError(
      path,
      `this file, which ${key} names, cannot be read; check the path and its permissions`,
      { cause },
    );
  });
}

async function pathOf(parameters: MidasParameters, key: FileKey): Promise<string> {
  const { dirname, isAbsolute, resolve } = nodeModule("node:path");
  const { access } = nodeModule("node:fs/promises");
  const path = parameters[key];
  if (isAbsolute(path) || parameters.path === "") return path;
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  return isThere ? path : resolve(dirname(parameters.path), path);
}
