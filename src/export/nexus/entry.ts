import type { Hdf5Writer } from "../../hdf5/hdf5-writer.js";
import { version } from "../../version.js";
import { explicitJson } from "../side-file.js";
import type { InputFile } from "./input-files.js";
import { writeNote } from "./note.js";
import type { Pattern } from "./pattern.js";
import { poniText } from "./poni-text.js";

/** What an entry says besides its data. */
export interface EntryText {
  readonly title: string;
  readonly inputs: readonly InputFile[];
}

/** Writes the groups that every file of results has, and how the results were made. */
export function writeEntry(
  writer: Hdf5Writer,
  pattern: Pattern,
  { title, inputs }: EntryText,
): void {
  const now = new Date().toISOString();
  writer.attributes("/", {
    NX_class: "NXroot",
    default: "entry",
    creator: `cakelab ${version}`,
    file_time: now,
  });
  writer.group("/entry", { NX_class: "NXentry", default: "data" });
  writer.texts("/entry/title", title);
  writer.texts("/entry/program_name", "cakelab", { version });
  writer.group("/entry/process", { NX_class: "NXprocess" });
  writer.texts("/entry/process/program", "cakelab");
  writer.texts("/entry/process/version", version);
  writer.texts("/entry/process/date", now);
  const { provenance, engine } = pattern;
  writeNote(writer, "/entry/process/configuration", {
    type: "application/json",
    description: "everything that was applied",
    data: explicitJson({ ...provenance, engine }, 2),
  });
  writeNote(writer, "/entry/process/calibration", {
    type: "text/plain",
    description: "the geometry as a PONI file",
    file_name: "calibration.poni",
    data: poniText(provenance),
  });
  if (inputs.length === 0) return;
  writer.group("/entry/process/input", { NX_class: "NXcollection" });
  writer.texts(
    "/entry/process/input/files",
    inputs.map(({ path }) => path),
  );
  writer.texts(
    "/entry/process/input/sha256",
    inputs.map(({ sha256 }) => sha256),
  );
}
