import { writeNote } from "../../export/nexus/note.js";
import { poniText } from "../../export/nexus/poni-text.js";
import { explicitJson } from "../../export/side-file.js";
import type { Hdf5Writer } from "../../hdf5/hdf5-writer.js";
import { nodeModule } from "../../host/node.js";
import type { Provenance } from "../../integrate/result.js";
import { version } from "../../version.js";
import type { JournalHead } from "../journal-format.js";
import type { ScanDescription } from "./description.js";
import { ENTRY, PROCESS } from "./paths.js";

/**
 * Writes everything of diff_map's layout but the result: what was done, to which files, with what. Times
 * apart, it depends on the scan alone and not on how often it was interrupted.
 */
export function writeScanHead(
  writer: Hdf5Writer,
  description: ScanDescription,
  head: JournalHead,
): void {
  const { grid, poniFile, maskFile, darkFiles, flatFiles } = description;
  const { slow, fast, shape } = grid;
  writer.attributes("/", {
    NX_class: "NXroot",
    default: ENTRY.slice(1),
    creator: `cakelab ${version}`,
    file_time: head.started,
  });
  writer.group(ENTRY, { NX_class: "NXentry", default: "pyFAI/result" });
  writer.texts(`${ENTRY}/title`, "diff_map");
  writer.texts(`${ENTRY}/program_name`, "cakelab", { version });
  writer.texts(`${ENTRY}/start_time`, head.started);
  writer.group(PROCESS, { NX_class: "NXprocess" });
  writer.texts(`${PROCESS}/program`, "cakelab diff-map");
  writer.texts(`${PROCESS}/version`, version);
  writer.texts(`${PROCESS}/date`, head.started);
  const { resolve } = nodeModule("node:path");
  if (poniFile !== undefined) writer.texts(`${PROCESS}/PONIfile`, resolve(poniFile));
  if (maskFile !== undefined) writer.texts(`${PROCESS}/maskfile`, resolve(maskFile));
  const several = (name: string, files: readonly string[]): void => {
    if (files.length > 0)
      writer.texts(
        `${PROCESS}/${name}`,
        files.map((file) => resolve(file)),
      );
  };
  several("darkfiles", darkFiles);
  several("flatfiles", flatFiles);
  several("inputfiles", description.files);
  const number = (name: string, value: number, attributes = {}): void =>
    writer.dataset(`${PROCESS}/${name}`, Int32Array.of(value), { shape: [], attributes });
  number("dim0", shape[0], { axis: slow.name, range: endsOf(slow.positions) });
  number("dim1", shape[1], { axis: fast.name, range: endsOf(fast.positions) });
  number("dim2", head.layout.radial.length, { axis: "diffraction" });
  number("offset", description.offset);
  writeNote(writer, `${PROCESS}/configuration`, {
    type: "text/json",
    data: JSON.stringify(description.diffMap.ai, undefined, 2),
  });
  writeNote(writer, `${PROCESS}/diffmap_configuration`, {
    type: "text/json",
    description: "the scan as diff_map --config takes it",
    data: JSON.stringify(description.diffMap, undefined, 2),
  });
  const { layout, settings } = head;
  const { radial: _, azimuthal: __, ...applied } = layout;
  writeNote(writer, `${PROCESS}/provenance`, {
    type: "application/json",
    description: "everything that was applied",
    data: explicitJson({ settings, layout: applied }, 2),
  });
  writeNote(writer, `${PROCESS}/calibration`, {
    type: "text/plain",
    description: "the geometry as a PONI file",
    file_name: "calibration.poni",
    data: poniText(layout.provenance as Provenance),
  });
}

function endsOf(positions: Float64Array): [number, number] {
  return [positions[0]!, positions[positions.length - 1]!];
}
