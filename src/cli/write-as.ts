import type { Cakes } from "../cake/cakes.js";
import { writeChi } from "../export/chi.js";
import { writeDat } from "../export/dat.js";
import { writeEdf } from "../export/edf.js";
import { writeFxye } from "../export/fxye.js";
import { writeXrdfit } from "../export/xrdfit.js";
import { writeXy, writeXye } from "../export/xy.js";
import type { Integrate1dResult, Integrate2dResult } from "../integrate/result.js";

/** A file of cakes, profiles, or maps, by the name of its format. */
export type Written =
  | { readonly format: "xrdfit"; readonly result: Cakes }
  | { readonly format: "edf"; readonly result: Integrate2dResult }
  | { readonly format: "dat" | "xy" | "xye" | "chi" | "fxye"; readonly result: Integrate1dResult };

const PROFILES = { dat: writeDat, xy: writeXy, xye: writeXye, chi: writeChi, fxye: writeFxye };

/** Writes a result in its format. */
export function writeAs(path: string, { format, result }: Written): Promise<void> {
  if (format === "xrdfit") return writeXrdfit(path, result);
  if (format === "edf") return writeEdf(path, result);
  return PROFILES[format](path, result);
}
