import type { Cakes } from "../cake/cakes.js";
import { writeChi } from "../export/chi.js";
import { writeCsv } from "../export/csv.js";
import { writeDat } from "../export/dat.js";
import { writeEdf } from "../export/edf.js";
import { writeEsg } from "../export/esg.js";
import { writeFxye } from "../export/fxye.js";
import { writeNexus } from "../export/nexus/nexus.js";
import { writeXrdfit } from "../export/xrdfit.js";
import { writeXy, writeXye } from "../export/xy.js";
import type { Integrate1dResult, Integrate2dResult } from "../integrate/result.js";

/** A file of cakes, profiles, or maps, by the name of its format, and the frame that it comes from. */
export type Written = { readonly source: string } & (
  | { readonly format: "xrdfit" | "esg"; readonly result: Cakes }
  | { readonly format: "edf"; readonly result: Integrate2dResult }
  | { readonly format: Profile; readonly result: Integrate1dResult }
  | { readonly format: "csv" | "nxs"; readonly result: Cakes | Integrate1dResult }
);

type Profile = "dat" | "xy" | "xye" | "chi" | "fxye";

const PROFILES: Readonly<
  Record<Profile, (path: string, result: Integrate1dResult) => Promise<void>>
> = { dat: writeDat, xy: writeXy, xye: writeXye, chi: writeChi, fxye: writeFxye };

/** Writes a result in its format. */
export function writeAs(path: string, { format, result, source }: Written): Promise<void> {
  switch (format) {
    case "xrdfit":
      return writeXrdfit(path, result);
    case "esg":
      return writeEsg(path, result);
    case "edf":
      return writeEdf(path, result);
    case "csv":
      return writeCsv(path, result);
    case "nxs":
      return writeNexus(path, result, { inputs: [source] });
    default:
      return PROFILES[format](path, result);
  }
}
