import { radialAttributes } from "../../export/nexus/nexus-units.js";
import { writeNote } from "../../export/nexus/note.js";
import type { Hdf5Writer } from "../../hdf5/hdf5-writer.js";
import { version } from "../../version.js";
import type { FrameRecord, RecordedFrame } from "../record/frame-record.js";
import { type RecordOutput, writeFrameList, writeRecord } from "../record/write-record.js";
import { PEAK_COLUMNS } from "./diffractogram-record.js";
import type { ToolConfiguration } from "./tool-configuration.js";
import type { DiffractogramUnit } from "./unit.js";

/** What a file of diffractograms says besides the patterns. */
export interface DiffractogramHead {
  readonly title: string;
  readonly unit: DiffractogramUnit;
  /** Of each range, from 1: bin centres and limits. */
  readonly ranges: readonly {
    readonly radial: readonly number[];
    readonly radialRange?: readonly [number, number];
    readonly azimuthRange?: readonly [number, number];
  }[];
  readonly configuration: ToolConfiguration;
  /** The calibration as a PONI file. */
  readonly poni: string;
}

const ENTRY = "/entry_0000";

/**
 * Writes recorded diffractograms as NeXus, whole or not at all: for range i, from 1, `diffractogram_i`, a
 * heat map of time and radius, and `peaks_i`; names, numbers and times of the images in `frames`. The
 * first range is the default plot.
 *
 * @throws OutputError; the signal's reason
 */
export async function writeDiffractograms(
  path: string,
  record: FrameRecord,
  head: DiffractogramHead,
  options: Pick<RecordOutput, "onProgress" | "signal"> = {},
): Promise<void> {
  await writeRecord(path, record, {
    ...options,
    datasets: datasetsOf(record, head),
    begin: (writer) => writeHead(writer, record, head),
    end: (writer, frames) => writeTimes(writer, frames, head),
  });
}

function datasetsOf(
  record: FrameRecord,
  { unit, ranges }: DiffractogramHead,
): RecordOutput["datasets"] {
  const { units } = axisAttributes(unit);
  const names = ranges.flatMap((_, at) => {
    const i = at + 1;
    const peaks = Object.keys(PEAK_COLUMNS).map((name) => {
      const attributes = name.startsWith("value") ? {} : { units: units! };
      return [`${name}_${i}`, { path: `${ENTRY}/peaks_${i}/${name}`, attributes }] as const;
    });
    const image = { interpretation: "image" };
    return [
      [
        `intensity_${i}`,
        {
          path: `${ENTRY}/diffractogram_${i}/intensity`,
          attributes: { ...image, long_name: "intensity" },
        },
      ] as const,
      [
        `errors_${i}`,
        {
          path: `${ENTRY}/diffractogram_${i}/intensity_errors`,
          attributes: { ...image, long_name: "standard error of the intensity" },
        },
      ] as const,
      ...peaks,
    ];
  });
  return Object.fromEntries(names.filter(([name]) => name in record.layout));
}

function writeHead(writer: Hdf5Writer, { started }: FrameRecord, head: DiffractogramHead): void {
  const { title, unit, ranges, configuration, poni } = head;
  writer.attributes("/", {
    NX_class: "NXroot",
    default: ENTRY.slice(1),
    creator: `cakelab ${version}`,
    file_time: new Date().toISOString(),
  });
  writer.group(ENTRY, {
    NX_class: "NXentry",
    ...(ranges.length > 0 && { default: "diffractogram_1" }),
  });
  writer.texts(`${ENTRY}/title`, title);
  writer.texts(`${ENTRY}/program_name`, "cakelab", { version });
  writer.texts(`${ENTRY}/start_time`, started);
  writer.texts(`${ENTRY}/end_time`, new Date().toISOString());
  writer.group(`${ENTRY}/process`, { NX_class: "NXprocess" });
  writer.texts(`${ENTRY}/process/program`, "cakelab");
  writer.texts(`${ENTRY}/process/version`, version);
  writeNote(writer, `${ENTRY}/process/configuration`, {
    type: "application/json",
    description: "the configuration of LaVue's diffractogram tool",
    data: JSON.stringify(configuration),
  });
  writeNote(writer, `${ENTRY}/process/calibration`, {
    type: "text/plain",
    description: "the geometry as a PONI file",
    file_name: "calibration.poni",
    data: poni,
  });
  writer.group(`${ENTRY}/frames`, { NX_class: "NXcollection" });
  ranges.forEach(({ radial, radialRange, azimuthRange }, at) => {
    const data = `${ENTRY}/diffractogram_${at + 1}`;
    writer.group(data, { NX_class: "NXdata", signal: "intensity", title: titleOf(head, at) });
    writer.group(`${ENTRY}/peaks_${at + 1}`, { NX_class: "NXcollection" });
    writer.dataset(`${data}/radial`, Float64Array.from(radial), {
      shape: [radial.length],
      attributes: axisAttributes(unit),
    });
    for (const [name, range, units] of [
      ["radial_range", radialRange, axisAttributes(unit).units!],
      ["azimuth_range", azimuthRange, "degree"],
    ] as const) {
      if (range === undefined) continue;
      writer.dataset(`${data}/${name}`, Float64Array.from(range), {
        shape: [2],
        attributes: { units },
      });
    }
  });
}

function writeTimes(
  writer: Hdf5Writer,
  frames: readonly RecordedFrame[],
  { ranges }: DiffractogramHead,
): void {
  writeFrameList(writer, `${ENTRY}/frames`, frames);
  const shape = [frames.length];
  const start = frames[0]?.timestamp ?? 0;
  const times = Float64Array.from(frames, ({ timestamp }) => timestamp - start);
  // Viewers draw rows along an axis that rises; images that were written at one time have none.
  const rises = times.every((time, i) => i === 0 || time > times[i - 1]!);
  ranges.forEach((_, at) => {
    const data = `${ENTRY}/diffractogram_${at + 1}`;
    writer.dataset(`${data}/time`, times, {
      shape,
      attributes: { units: "s", long_name: "time (s)", ...startOf(start) },
    });
    writer.dataset(
      `${data}/frame`,
      Int32Array.from(frames, ({ index }) => index),
      {
        shape,
        attributes: { long_name: "frame" },
      },
    );
    writer.attributes(data, { axes: [rises ? "time" : "frame", "radial"] });
  });
}

/** When the time is 0, unless the clock of a source is beyond any calendar. */
function startOf(seconds: number): Record<string, string> {
  const start = new Date(seconds * 1000);
  return Number.isNaN(start.getTime()) ? {} : { start: start.toISOString() };
}

function axisAttributes(unit: DiffractogramUnit): Record<string, string> {
  if (unit !== "r_pixel") return radialAttributes(unit);
  return { long_name: "r (pixel)", units: "pixel" };
}

function titleOf({ ranges, title }: DiffractogramHead, at: number): string {
  const { azimuthRange } = ranges[at]!;
  const [low, high] = azimuthRange ?? [];
  return azimuthRange === undefined ? title : `${title}, azimuth ${low} to ${high}°`;
}
