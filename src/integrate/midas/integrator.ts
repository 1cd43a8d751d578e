import type { MidasParameters } from "../../config/midas/parameters.js";
import { detector } from "../../detector/detector-factory.js";
import { OptionError } from "../../errors.js";
import { midasToPoni } from "../../geometry/midas.js";
import { distortionOf } from "../../geometry/midas-geometry.js";
import { AzimuthalIntegrator } from "../azimuthal-integrator.js";

/**
 * The integrator of a MIDAS parameter file, where its geometry is one that a PONI file can hold; azimuths
 * are then χ = 90° − η.
 *
 * @throws OptionError that names the key for distortion, flips, panels and the like.
 * @example const ai = midasIntegrator(await readMidasParameters("ps.txt"));
 */
export function midasIntegrator(parameters: MidasParameters): AzimuthalIntegrator {
  const { Lsd, BC, tx, ty, tz, pxY, pxZ, NrPixelsY, NrPixelsZ, Wavelength } = parameters;
  for (const name of [...distortionOf(parameters), "Parallax" as const]) {
    if (parameters[name as "Parallax"] !== 0) throw refusal(name, parameters[name as "Parallax"]);
  }
  for (const name of ["DistortionFile", "ResidualCorrectionMap", "PanelShiftsFile"] as const) {
    if (parameters[name] !== "") throw refusal(name, parameters[name]);
  }
  if (parameters.ImTransOpt.some((way) => way !== 0)) {
    throw refusal("ImTransOpt", parameters.ImTransOpt);
  }
  if (pxY !== pxZ) throw refusal("pxZ", pxZ);
  return new AzimuthalIntegrator({
    ...midasToPoni({ Lsd, BC, tx, ty, tz, px: pxY }),
    detector: detector({ pixel1: pxZ * 1e-6, pixel2: pxY * 1e-6, shape: [NrPixelsZ, NrPixelsY] }),
    ...(Wavelength > 0 && { wavelength: Wavelength * 1e-10 }),
  });
}

function refusal(name: string, value: unknown): OptionError {
  return new OptionError(
    name,
    value,
    `${String(value)} is not in a PONI geometry; integrate in MIDAS' own with midasPlan, or leave it out`,
  );
}
