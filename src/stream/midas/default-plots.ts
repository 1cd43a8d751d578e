import type { Hdf5Writer } from "../../hdf5/hdf5-writer.js";
import { version } from "../../version.js";

/** What a file's plots are made of; all of it lies there already, the axes as `/tth`, `/azimuth`, `/Omegas`. */
export interface PlotSignals {
  readonly title: string;
  /** `[frame][radial]`. */
  readonly lineout: string;
  /** `[radial][azimuthal]`, or `[frame][radial][azimuthal]`. */
  readonly cake?: { readonly path: string; readonly isStack: boolean };
}

/** Writes NeXus groups whose links show the profiles as the default plot, and the cakes as another one. */
export function writeDefaultPlots(writer: Hdf5Writer, { title, lineout, cake }: PlotSignals): void {
  writer.attributes("/", { NX_class: "NXroot", default: "entry", creator: `cakelab ${version}` });
  writer.group("/entry", { NX_class: "NXentry", default: "lineout" });
  writer.texts("/entry/title", title);
  writer.texts("/entry/program_name", "cakelab", { version });
  writer.group("/entry/lineout", {
    NX_class: "NXdata",
    signal: "lineout",
    axes: ["omega", "tth"],
    omega_indices: 0,
    tth_indices: 1,
  });
  writer.softLink(lineout, "/entry/lineout/lineout");
  writer.softLink("/Omegas", "/entry/lineout/omega");
  writer.softLink("/tth", "/entry/lineout/tth");
  if (cake === undefined) return;
  const first = cake.isStack ? ["omega"] : [];
  const axes = [...first, "tth", "azimuth"];
  const indices = Object.fromEntries(axes.map((name, i) => [`${name}_indices`, i]));
  writer.group("/entry/cake", { NX_class: "NXdata", signal: "intensity", axes, ...indices });
  writer.softLink(cake.path, "/entry/cake/intensity");
  writer.softLink("/tth", "/entry/cake/tth");
  writer.softLink("/azimuth", "/entry/cake/azimuth");
  if (cake.isStack) writer.softLink("/Omegas", "/entry/cake/omega");
}

export const TTH_ATTRIBUTES = { units: "deg", long_name: "2θ (deg)" };
export const AZIMUTH_ATTRIBUTES = { units: "deg", long_name: "η (deg)" };
export const OMEGA_ATTRIBUTES = { units: "deg", long_name: "ω (deg)" };
