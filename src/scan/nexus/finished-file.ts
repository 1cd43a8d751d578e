import { Hdf5Writer } from "../../hdf5/hdf5-writer.js";
import { firstsOf } from "../frame-reader.js";
import type { Journal } from "../journal.js";
import { patternShape, patternSize } from "../pattern-layout.js";
import type { FailedFrame } from "../scan.js";
import type { ScanDescription } from "./description.js";
import { writeScanHead } from "./head.js";
import { writeMap } from "./map.js";
import { ENTRY, FIRST_FRAMES, PROCESS, RESULT, temporaryName } from "./paths.js";
import { pointerAttributes, signalAttributes, writeResultAxes } from "./result-axes.js";
import { writeSources } from "./sources.js";

/** About the size of a chunk: quick to unpack where one pattern is wanted. */
const CHUNK_BYTES = 2 ** 16;
/** The most that is kept until it is written and compared. */
const MOST_BYTES = 2 ** 25;

/**
 * Writes a scan as diff_map does, from its journal, whole or not at all: packed, with the transposed
 * map, and links to images that lie in HDF5 files.
 *
 * @throws OutputError; what was at the path is then untouched.
 */
export async function writeFinished(
  path: string,
  description: ScanDescription,
  journal: Journal,
  failed: readonly FailedFrame[],
  signal?: AbortSignal,
): Promise<void> {
  const writer = await Hdf5Writer.create(path, temporaryName(path));
  try {
    const { head } = journal;
    const { grid, hasMap } = description;
    writeScanHead(writer, description, head);
    writer.texts(`${ENTRY}/end_time`, new Date().toISOString());
    await writeSources(writer, path, description);
    const signalName = hasMap ? "map" : "intensity";
    writeResultAxes(writer, description, head.layout, signalName, { lines: grid.shape[0] });
    writer.dataset(`${RESULT}/map_ptr`, pointers(journal, grid.shape), {
      shape: grid.shape,
      attributes: pointerAttributes,
    });
    const firsts = firstsOf(journal, description.files);
    writer.dataset(`${PROCESS}/${FIRST_FRAMES}`, firsts, { shape: [firsts.length] });
    if (description.monitor !== undefined) {
      writer.dataset(`${PROCESS}/monitor`, monitors(journal, grid.shape), {
        shape: grid.shape,
        attributes: { long_name: description.monitor },
      });
    }
    if (failed.length > 0) {
      writer.group(`${PROCESS}/failed`, { NX_class: "NXcollection" });
      const indices = Int32Array.from(failed, ({ index }) => index);
      writer.dataset(`${PROCESS}/failed/index`, indices, { shape: [failed.length] });
      const messages = failed.map(({ message }) => message);
      writer.texts(`${PROCESS}/failed/message`, messages);
    }
    await writePatterns(writer, description, journal, signal);
    if (hasMap) await writeMap(writer, description, journal, signal);
    await writer.commit();
  } catch (error) {
    await writer.discard();
    throw error;
  }
}

async function writePatterns(
  writer: Hdf5Writer,
  description: ScanDescription,
  journal: Journal,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { grid, compression } = description;
  const { layout } = journal.head;
  const shape = patternShape(layout);
  const size = patternSize(layout);
  const [lines, columns] = grid.shape;
  const together = Math.max(1, Math.min(columns, Math.floor(CHUNK_BYTES / (4 * size))));
  const options = {
    shape: [0, columns, ...shape],
    chunks: [1, together, ...shape],
    isExtendable: true,
    compression,
  };
  const attributes = signalAttributes(description, layout);
  const { interpretation = "", units = "" } = attributes;
  const names = layout.hasSigma ? ["intensity", "intensity_errors"] : ["intensity"];
  for (const name of names) {
    const own =
      name === "intensity"
        ? attributes
        : { interpretation, units, long_name: "standard error of the intensity" };
    writer.dataset(`${RESULT}/${name}`, new Float32Array(0), { ...options, attributes: own });
    writer.resize(`${RESULT}/${name}`, [lines, columns, ...shape]);
  }
  let unflushed = 0;
  for (let line = 0; line < lines; line++) {
    signal?.throwIfAborted();
    for (let column = 0; column < columns; column += together) {
      const points = Math.min(together, columns - column);
      const blocks = names.map(() => new Float32Array(points * size).fill(Number.NaN));
      for (let i = 0; i < points; i++) {
        const pattern = journal.pattern(line * columns + column + i);
        if (pattern === undefined) continue;
        blocks[0]!.set(pattern.intensity, i * size);
        if (pattern.sigma !== undefined) blocks[1]!.set(pattern.sigma, i * size);
      }
      for (const [i, name] of names.entries()) {
        const start = [line, column, ...shape.map(() => 0)];
        writer.write(`${RESULT}/${name}`, blocks[i]!, start, [1, points, ...shape]);
        unflushed += blocks[i]!.byteLength;
      }
      if (unflushed < MOST_BYTES) continue;
      await writer.flush();
      unflushed = 0;
    }
  }
}

function pointers(journal: Journal, [lines, columns]: readonly [number, number]): Int32Array {
  return Int32Array.from(
    { length: lines * columns },
    (_, point) => journal.recordOf(point)?.index ?? -1,
  );
}

function monitors(journal: Journal, [lines, columns]: readonly [number, number]): Float64Array {
  return Float64Array.from(
    { length: lines * columns },
    (_, point) => journal.recordOf(point)?.monitor ?? Number.NaN,
  );
}
