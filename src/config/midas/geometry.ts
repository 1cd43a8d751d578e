import { FileFormatError } from "../../errors.js";
import type { Midas } from "../../geometry/midas.js";
import { DISTORTION_AMPLITUDES } from "../../geometry/midas-geometry.js";
import { parseMidasEntries } from "./parse.js";

/**
 * Reads the geometry of a MIDAS parameter file, as far as a PONI file can hold it.
 *
 * @throws FileFormatError for a missing or bad value, and for distortion, flips and the like, which a
 * PONI file cannot hold.
 */
export function parseMidas(text: string, path: string): Midas {
  const { values } = parseMidasEntries(text, path);
  const { tx = 0, ty = 0, tz = 0, Wavelength = 0, px, pxY = px, pxZ = px ?? pxY } = values;
  const refuse = (what: string): FileFormatError =>
    new FileFormatError(
      path,
      `${what}, which a PONI file cannot hold; integrate in MIDAS' own geometry with midasPlan, or set it to 0 to leave it out`,
    );
  const amplitude = DISTORTION_AMPLITUDES.find((name) => (values[name] ?? 0) !== 0);
  if (amplitude !== undefined) throw refuse(`${amplitude} is a distortion`);
  for (const name of ["DistortionFile", "ResidualCorrectionMap", "PanelShiftsFile"] as const) {
    if (values[name]) throw refuse(`${name} is a distortion`);
  }
  if (values.Parallax) throw refuse("Parallax is a distortion");
  if (values.ImTransOpt?.some((way) => way !== 0)) throw refuse("ImTransOpt flips the image");
  if (pxY !== pxZ) throw refuse("pxY and pxZ are not the same");
  const required = { Lsd: values.Lsd, BC: values.BC, px: pxY };
  for (const [name, value] of Object.entries(required)) {
    if (value === undefined) {
      throw new FileFormatError(path, `the entry ${name} is missing; add it`);
    }
  }
  return {
    Lsd: values.Lsd!,
    BC: values.BC!,
    tx,
    ty,
    tz,
    px: pxY!,
    ...(Wavelength === 0 ? {} : { Wavelength }),
  };
}

/** The text of a MIDAS parameter file; every number comes back exactly. */
export function formatMidas({ Lsd, BC, tx, ty, tz, px, Wavelength }: Midas): string {
  const lines = [
    `Lsd ${Lsd}`,
    `BC ${BC[0]} ${BC[1]}`,
    `tx ${tx}`,
    `ty ${ty}`,
    `tz ${tz}`,
    `px ${px}`,
    ...(Wavelength === undefined ? [] : [`Wavelength ${Wavelength}`]),
    "ImTransOpt 0",
  ];
  return `${lines.join("\n")}\n`;
}
