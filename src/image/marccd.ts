import { type Field, readFields } from "./binary-fields.js";
import type { FileSource } from "./file-source.js";
import type { ImageFile, ImageFormat } from "./format.js";
import { tiff } from "./tiff/tiff.js";

/**
 * marCCD and Rayonix: a TIFF with a header of its own, 3072 bytes at byte 1024, whose numbers are
 * whole ones in thousandths, micrometres, milliseconds.
 */
export const marccd: ImageFormat = {
  name: "marCCD",
  extensions: [".mccd"],
  matches: (head, name) => tiff.matches(head, name) && isMarccd(head),
  open: openMarccd,
};

const headerAt = 1024;
const headerBytes = 3072;

const numbers: readonly (readonly [at: number, names: readonly string[]])[] = [
  [80, ["nfast", "nslow", "depth"]],
  [104, ["saturated_value"]],
  [
    640,
    [
      ...["xtal_to_detector", "beam_x", "beam_y", "integration_time", "exposure_time"],
      ...["readout_time", "nreads", "start_twotheta", "start_omega", "start_chi", "start_kappa"],
      ...["start_phi", "start_delta", "start_gamma", "start_xtal_to_detector", "end_twotheta"],
      ...["end_omega", "end_chi", "end_kappa", "end_phi", "end_delta", "end_gamma"],
      ...["end_xtal_to_detector", "rotation_axis", "rotation_range"],
    ],
  ],
  [772, ["pixelsize_x", "pixelsize_y"]],
  [908, ["source_wavelength"]],
];

const fields: readonly Field[] = [
  ...numbers.flatMap(([at, names]) =>
    names.map((name, i): Field => ({ name, at: at + 4 * i, type: at < 600 ? "u32" : "i32" })),
  ),
  { name: "filetitle", at: 1024, type: { text: 128 } },
  { name: "acquire_timestamp", at: 1344, type: { text: 32 } },
  { name: "file_comments", at: 1440, type: { text: 512 } },
];

/** Both byte orders that the header names are 1234 or 4321, which no other TIFF has there. */
function isMarccd(head: Uint8Array): boolean {
  if (head.length < headerAt + 36 || head[0] !== 0x49) return false;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const orders = [1234, 4321];
  return [28, 32].every((at) => orders.includes(view.getUint32(headerAt + at, true)));
}

async function openMarccd(source: FileSource): Promise<ImageFile> {
  const file = await tiff.open(source);
  const own = readFields(await source.read(headerAt, headerBytes), fields);
  return {
    ...file,
    header: { ...file.header, ...own },
    async read(frame, options) {
      const image = await file.read(frame, options);
      return { ...image, header: { ...image.header, ...own } };
    },
  };
}
