import type { MidasParameters } from "../../config/midas/parameters.js";
import type { Hdf5Writer } from "../../hdf5/hdf5-writer.js";
import type { AttributeValue } from "../../hdf5/write-types.js";
import { PEAK_STATUS } from "../peaks/tracked-peaks.js";
import type { FrameRecord, RecordedFrame } from "../record/frame-record.js";
import { type RecordOutput, writeFrameList, writeRecord } from "../record/write-record.js";
import {
  AZIMUTH_ATTRIBUTES,
  OMEGA_ATTRIBUTES,
  TTH_ATTRIBUTES,
  writeDefaultPlots,
} from "./default-plots.js";
import { frameName } from "./frame-name.js";
import { etasOf, type MidasGrid, mapRows, radiiOf, tthsOf } from "./midas-grid.js";
import { omegaAttributes, omegaGroups, omegaOf, summedCake } from "./omega-sums.js";
import { FIT_COLUMNS } from "./peak-fits.js";

/** What a stream's file is made of. */
export interface StreamFile extends Pick<RecordOutput, "compression" | "onProgress" | "signal"> {
  readonly record: FrameRecord;
  readonly grid: MidasGrid;
  readonly parameters: MidasParameters;
  /** Of the whole run, such as how many frames were bad. */
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
}

/** The most that is kept until it is written and compared. */
const MOST_BYTES = 2 ** 25;

const MAPS: readonly (readonly [name: string, units: string, what: string])[] = [
  ["R", "pixels", "R-center for each bin"],
  ["TTh", "degrees", "TwoTheta-center for each bin"],
  ["Eta", "degrees", "Eta-center for each bin"],
  ["Area", "fractional pixels", "Effective pixel area for each bin"],
  ["Q", "inv_Angstrom", "Q-center for each bin"],
];

const FIT_ATTRIBUTES = { columns: FIT_COLUMNS };

/** Where the arrays of a record go. */
const DATASETS: RecordOutput["datasets"] = {
  lineout: {
    path: "/lineouts",
    attributes: { long_name: "intensity, mean over the azimuth weighted by area" },
  },
  lineout_simple_mean: {
    path: "/lineouts_simple_mean",
    attributes: { long_name: "intensity, mean of the azimuthal bins" },
  },
  cake: { path: "/intensity", attributes: { long_name: "intensity" } },
  fit: { path: "/fit", attributes: FIT_ATTRIBUTES },
  fit_sigma: {
    path: "/fit_sigma",
    attributes: { ...FIT_ATTRIBUTES, long_name: "standard errors" },
  },
  fit_status: { path: "/fit_status", attributes: { meanings: PEAK_STATUS } },
  fit_location: { path: "/fit_location", attributes: { units: "pixels" } },
  fit_cakes: { path: "/fit_cakes", attributes: FIT_ATTRIBUTES },
  fit_cakes_sigma: { path: "/fit_cakes_sigma", attributes: FIT_ATTRIBUTES },
};

/**
 * Writes a stream as MIDAS' stacked HDF5, whole or not at all: `geometry_maps`, `lineouts`,
 * `lineouts_simple_mean`, `fit`, `frame_names`, `OmegaSumFrame/Summed_from_a_to_b`, and what its manual
 * names, `lineout`, `tth`, `azimuth` and, where cakes were kept, `intensity`; with a default plot.
 *
 * @throws OutputError; the signal's reason
 */
export async function writeStreamFile(path: string, file: StreamFile): Promise<void> {
  const { record, grid, parameters, attributes = {}, ...options } = file;
  const datasets = Object.fromEntries(
    Object.entries(DATASETS).filter(([name]) => name in record.layout),
  );
  await writeRecord(path, record, {
    ...options,
    datasets,
    begin(writer, frames) {
      writer.attributes("/", {
        creation_date: new Date().toISOString(),
        num_frames: frames,
        ...attributes,
      });
      writeGeometry(writer, grid);
      writer.group("/frames");
    },
    async end(writer, frames) {
      writeFrames(writer, frames, parameters);
      writer.softLink("/lineouts", "/lineout");
      const hasCakes = "cake" in record.layout;
      if (hasCakes) await writeSums(writer, record, frames, file);
      writeDefaultPlots(writer, {
        title: "MIDAS radial integration of a stream",
        lineout: "/lineouts",
        ...(hasCakes && { cake: { path: "/intensity", isStack: true } }),
      });
    },
  });
}

function writeGeometry(writer: Hdf5Writer, grid: MidasGrid): void {
  const shape = [grid.radial, grid.azimuthal];
  writer.group("/geometry_maps");
  for (const [i, row] of mapRows(grid).entries()) {
    const [name, units, description] = MAPS[i]!;
    const attributes = { units, description };
    writer.dataset(`/geometry_maps/${name}_map`, row, { shape, attributes });
  }
  const [radii, tths, etas] = [radiiOf(grid), tthsOf(grid), etasOf(grid)];
  const radial = { shape: [grid.radial] };
  writer.dataset("/r_axis_px", radii, { ...radial, attributes: { units: "pixels" } });
  writer.dataset("/tth", tths, { ...radial, attributes: TTH_ATTRIBUTES });
  writer.dataset("/azimuth", etas, { shape: [grid.azimuthal], attributes: AZIMUTH_ATTRIBUTES });
}

function writeFrames(
  writer: Hdf5Writer,
  frames: readonly RecordedFrame[],
  parameters: MidasParameters,
): void {
  writer.texts("/frame_names", frames.map(frameName));
  writeFrameList(writer, "/frames", frames);
  const omegas = Float64Array.from(frames, ({ index }) => omegaOf(index, parameters));
  writer.dataset("/Omegas", omegas, { shape: [frames.length], attributes: OMEGA_ATTRIBUTES });
}

async function writeSums(
  writer: Hdf5Writer,
  record: FrameRecord,
  frames: readonly RecordedFrame[],
  { grid, parameters, compression = "gzip", signal }: StreamFile,
): Promise<void> {
  const shape = [grid.radial, grid.azimuthal];
  writer.group("/OmegaSumFrame");
  const used = new Set<string>();
  let unflushed = 0;
  for (const group of omegaGroups(frames.length, parameters)) {
    signal?.throwIfAborted();
    const [first, last] = [frameName(frames[group.first]!), frameName(frames[group.last]!)];
    const plain = `Summed_from_${first}_to_${last}`;
    // Frames of two folders may have one name.
    const name = used.has(plain) ? `${plain}_${group.last}` : plain;
    used.add(name);
    const sum = summedCake(record, group);
    writer.dataset(`/OmegaSumFrame/${name}`, sum, {
      shape,
      chunks: shape,
      compression,
      attributes: omegaAttributes(group, parameters),
    });
    unflushed += sum.byteLength;
    if (unflushed < MOST_BYTES) continue;
    await writer.flush();
    unflushed = 0;
  }
}
