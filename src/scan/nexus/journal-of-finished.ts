import { FileFormatError } from "../../errors.js";
import { openDataset, readSlice } from "../../hdf5/dataset.js";
import { Hdf5File } from "../../hdf5/hdf5-file.js";
import { readSmallDataset } from "../../hdf5/small-values.js";
import { nodeModule } from "../../host/node.js";
import { Journal } from "../journal.js";
import type { JournalHead } from "../journal-format.js";
import { patternShape } from "../pattern-layout.js";
import { ENTRY, FIRST_FRAMES, PROCESS, RESULT, spaceOf } from "./paths.js";

/**
 * Makes the journal that a finished scan had, to go on with it where more frames have come.
 *
 * @returns `undefined` where there is no file
 * @throws FileFormatError for a file that is no scan of ours, or one that was not finished.
 */
export async function journalOfFinished(
  output: string,
  path: string,
): Promise<Journal | undefined> {
  if (!nodeModule("node:fs").existsSync(output)) return undefined;
  const file = await Hdf5File.open(output);
  let journal: Journal | undefined;
  try {
    const head = headOf(file);
    journal = Journal.create(path, head);
    const { layout } = journal.head;
    const shape = patternShape(layout);
    const intensity = openDataset(file, `${RESULT}/intensity`);
    const sigma = layout.hasSigma ? openDataset(file, `${RESULT}/intensity_errors`) : undefined;
    const [lines = 0, columns = 0] = intensity.shape;
    const pointers = readSlice(openDataset(file, `${RESULT}/map_ptr`), [0, 0], [lines, columns]);
    const monitors = file.names(PROCESS).includes("monitor")
      ? readSlice(openDataset(file, `${PROCESS}/monitor`), [0, 0], [lines, columns])
      : undefined;
    const firsts = Int32Array.from(
      readSmallDataset(file, `${PROCESS}/${FIRST_FRAMES}`) ?? [],
      Number,
    );
    const order = Array.from(pointers, (index, point) => ({ index, point }))
      .filter(({ index }) => index >= 0)
      .sort((a, b) => a.index - b.index);
    for (const { index, point } of order) {
      const start = [Math.floor(point / columns), point % columns, ...shape.map(() => 0)];
      const count = [1, 1, ...shape];
      const monitor = monitors?.[point] ?? Number.NaN;
      const from = firsts.findLastIndex((first) => first >= 0 && first <= index);
      journal.add(
        { index, point, file: from, frame: index - firsts[from]!, monitor },
        {
          intensity: readSlice(intensity, start, count) as Float32Array,
          sigma: sigma && (readSlice(sigma, start, count) as Float32Array),
        },
      );
    }
    if (file.names(PROCESS).includes("failed")) {
      const indices = readSmallDataset(file, `${PROCESS}/failed/index`) ?? [];
      const messages = readSmallDataset(file, `${PROCESS}/failed/message`) ?? [];
      for (const [i, index] of indices.entries()) {
        const place = { index: Number(index), point: -1, file: -1, frame: -1, monitor: Number.NaN };
        journal.addFailure(place, String(messages[i]));
      }
    }
    return journal;
  } catch (error) {
    journal?.close();
    if (journal !== undefined) nodeModule("node:fs").rmSync(path, { force: true });
    throw error;
  } finally {
    file.close();
  }
}

function headOf(file: Hdf5File): JournalHead {
  const text = (path: string): string => {
    const [value] = readSmallDataset(file, path) ?? [];
    if (typeof value === "string") return value;
    throw new FileFormatError(file.path, `has no text in ${path}`);
  };
  const isOurs =
    file.names("/").includes(ENTRY.slice(1)) &&
    file.names(ENTRY).includes("end_time") &&
    file.names(PROCESS).includes("provenance");
  if (!isOurs) {
    throw new FileFormatError(
      file.path,
      "is no finished scan of CakeLab's that can be gone on with; name another output, or begin anew without resume",
    );
  }
  const { settings, layout } = JSON.parse(text(`${PROCESS}/provenance/data`));
  const axis = (name: string): Float64Array => {
    const dataset = openDataset(file, `${RESULT}/${name}`);
    return readSlice(dataset, [0], dataset.shape) as Float64Array;
  };
  const isMap = file.names(RESULT).includes("azimuthal");
  return {
    settings: withoutNull(settings) as JournalHead["settings"],
    started: text(`${ENTRY}/start_time`),
    layout: {
      ...(withoutNull(layout) as JournalHead["layout"]),
      radial: axis(spaceOf(layout.unit)[0]),
      azimuthal: isMap ? axis("azimuthal") : undefined,
    },
  };
}

/** The file shows what was left out as `null`. */
function withoutNull(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNull);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, field]) => field !== null);
  return Object.fromEntries(entries.map(([name, field]) => [name, withoutNull(field)]));
}
