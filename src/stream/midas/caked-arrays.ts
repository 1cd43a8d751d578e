import type { MidasParameters } from "../../config/midas/parameters.js";
import type { NamedArray } from "../../export/named-array.js";
import type { FrameRecord } from "../record/frame-record.js";
import { AZIMUTH_ATTRIBUTES, OMEGA_ATTRIBUTES, TTH_ATTRIBUTES } from "./default-plots.js";
import { etasOf, type MidasGrid, mapRows, tthsOf } from "./midas-grid.js";
import { omegaAttributes, omegaGroups, omegaOf, summedCake } from "./omega-sums.js";
import { FIT_COLUMNS } from "./peak-fits.js";

const UNITS = ["Pixels", "Degrees", "Degrees", "Pixels", "InvAngstrom"];
const CAKE_ATTRIBUTES = { Header: "Radius,Eta", Units: "Pixels,Degrees" };

/**
 * The arrays of a file's cakes as MIDAS' IntegratorZarrOMP has them, and those that its manual names; each
 * is made when it is written. The record has cakes.
 */
export function cakedArrays(
  record: FrameRecord,
  grid: MidasGrid,
  parameters: MidasParameters,
): NamedArray[] {
  const { frames } = record;
  const { radial, azimuthal } = grid;
  const rows = mapRows(grid);
  const shape = [radial, azimuthal];
  const sum = (): Float64Array => summedCake(record, { first: 0, last: frames - 1 });
  return [
    {
      path: "REtaMap",
      shape: [rows.length, ...shape],
      data: () => stacked(rows),
      attributes: {
        nRBins: radial,
        nEtaBins: azimuthal,
        Header: ["Radius", "2Theta", "Eta", "BinArea", "Q"].slice(0, rows.length).join(","),
        Units: UNITS.slice(0, rows.length).join(","),
      },
    },
    ...Array.from({ length: frames }, (_, index): NamedArray => {
      const attributes = { omega: omegaOf(index, parameters), ...CAKE_ATTRIBUTES };
      const data = (): Float64Array => Float64Array.from(record.values(index, "cake"));
      return { path: `IntegrationResult/FrameNr_${index}`, shape, data, attributes };
    }),
    ...omegaGroups(frames, parameters).map(
      (group): NamedArray => ({
        path: `OmegaSumFrame/LastFrameNumber_${group.last}`,
        shape,
        data: () => summedCake(record, group),
        attributes: omegaAttributes(group, parameters),
      }),
    ),
    {
      path: "Omegas",
      shape: [frames],
      data: () => Float64Array.from({ length: frames }, (_, i) => omegaOf(i, parameters)),
      attributes: { Units: "Degrees", ...OMEGA_ATTRIBUTES },
    },
    { path: "SumFrames", shape, data: sum, attributes: CAKE_ATTRIBUTES },
    ...instrumentParameters(parameters),
    {
      path: "lineout",
      shape: [frames, radial],
      data: () => rowsOf(record, "lineout", radial),
      attributes: { long_name: "intensity, mean over the azimuth weighted by area" },
    },
    { path: "tth", shape: [radial], data: () => tthsOf(grid), attributes: TTH_ATTRIBUTES },
    {
      path: "azimuth",
      shape: [azimuthal],
      data: () => etasOf(grid),
      attributes: AZIMUTH_ATTRIBUTES,
    },
    { path: "intensity", shape, data: sum, attributes: { long_name: "sum of all frames" } },
    ...fitArrays(record),
  ];
}

/** What GSAS-II begins a refinement with. */
function instrumentParameters(parameters: MidasParameters): NamedArray[] {
  const { Lsd, Polariz, SHpL, U, V, W, Wavelength, X, Y, Z } = parameters;
  const lam = Wavelength > 0 ? { Lam: Wavelength } : {};
  const values = { Polariz, ...lam, SH_L: SHpL, U, V, W, X, Y, Z, Distance: Lsd };
  return Object.entries(values).map(([name, value]) => ({
    path: `InstrumentParameters/${name}`,
    shape: [1],
    data: () => Float64Array.of(value),
  }));
}

function fitArrays(record: FrameRecord): NamedArray[] {
  const { frames } = record;
  return ["fit", "fit_sigma"].flatMap((name) => {
    if (!(name in record.layout)) return [];
    const peaks = record.mostRows(name, frames);
    const size = peaks * FIT_COLUMNS.length;
    return {
      path: name,
      shape: [frames, peaks, FIT_COLUMNS.length],
      data: () => rowsOf(record, name, size),
      attributes: { columns: FIT_COLUMNS.join(",") },
    };
  });
}

/** An array of all frames; rows that a frame lacks are NaN. */
function rowsOf(record: FrameRecord, name: string, size: number): Float64Array {
  const rows = new Float64Array(record.frames * size).fill(Number.NaN);
  for (let index = 0; index < record.frames; index++) {
    rows.set(record.values(index, name), index * size);
  }
  return rows;
}

function stacked(arrays: readonly Float64Array[]): Float64Array {
  const size = arrays[0]!.length;
  const all = new Float64Array(arrays.length * size);
  for (const [i, array] of arrays.entries()) all.set(array, i * size);
  return all;
}
