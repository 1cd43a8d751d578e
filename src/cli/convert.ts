import type { Image } from "../array.js";
import { writeCbf } from "../export/cbf.js";
import { writeEdf } from "../export/edf.js";
import { writeHdf5 } from "../export/hdf5-images.js";
import { writeMask } from "../export/mask.js";
import { writeNpy } from "../export/npy.js";
import { writeTiff } from "../export/tiff.js";
import { nodeModule } from "../host/node.js";
import { listFiles } from "../image/list-files.js";
import type { OpenImageOptions } from "../image/open-image.js";
import type { Arguments } from "./arguments.js";
import { type Command, type CommandIo, UsageError } from "./command.js";
import { defineCommand } from "./define-command.js";
import { openingOf, openingOptions } from "./opening-arguments.js";
import { checked, type Job, listFrames, planOutputs } from "./outputs.js";
import { runSeries, type SeriesWork } from "./series.js";
import { stackImages } from "./stack-images.js";
import { type Kept, printSummary } from "./summary.js";

const FORMATS = ["tif", "npy", "edf", "cbf", "h5", "mask", "msk"] as const;
type Format = (typeof FORMATS)[number];

const EXTENSIONS: Readonly<Record<string, Format>> = {
  ".tif": "tif",
  ".tiff": "tif",
  ".npy": "npy",
  ".edf": "edf",
  ".cbf": "cbf",
  ".h5": "h5",
  ".nxs": "h5",
  ".mask": "mask",
  ".msk": "msk",
};
/** Not the end of a folder's name such as `run2.5`. */
const FILE_TYPE = /^\.[a-z][a-z0-9]*$/;
const COMPRESSIONS = ["none", "deflate"] as const;

const WRITERS: Readonly<
  Record<Exclude<Format, "tif">, (path: string, image: Image) => Promise<void>>
> = { npy: writeNpy, edf: writeEdf, cbf: writeCbf, h5: writeHdf5, mask: writeMask, msk: writeMask };

/** `cakelab convert`: images in another format, their values and element types unchanged. */
export const convertCommand: Command = defineCommand({
  name: "convert",
  summary: "Write images in another format, values unchanged",
  usage: "IN… OUT [--format tif|npy|edf|cbf|h5|mask|msk]",
  notes: `OUT is a file (.tif, .npy, .edf, .cbf) for one image of one frame, or a folder for any number of
them; then --format says what is written. OUT may also be one .h5 (or .nxs) for all of them, a stack. IN may be a glob or a folder, in any format that is read.
.mask (Dioptas) and .msk (Fit2D) are masks: every pixel that is not zero becomes 1, masked. .cbf holds
whole numbers only.`,
  options: {
    format: { value: "FORMAT", help: `${FORMATS.join(", ")} (default: OUT's extension, or tif)` },
    compression: { value: "C", help: "none or deflate, of .tif (default: none)" },
    ...openingOptions,
    json: { help: "print the summary as JSON" },
    quiet: { short: "q", help: "print errors only" },
  },
  run,
});

async function run(args: Arguments, io: CommandIo): Promise<number> {
  const inputs = args.positionals.slice(0, -1);
  const out = args.positionals.at(-1);
  if (out === undefined || inputs.length === 0) {
    throw new UsageError("IN and OUT are needed: cakelab convert image.tif image.npy");
  }
  const compression = args.choice("compression", COMPRESSIONS) ?? "none";
  const extension = nodeModule("node:path").extname(out).toLowerCase();
  const named = EXTENSIONS[extension];
  const chosen = args.choice("format", FORMATS);
  const format = chosen ?? named ?? "tif";
  if (compression !== "none" && format !== "tif") {
    throw new UsageError(`--compression is of .tif only, and this writes .${format}`);
  }
  const toFolder = out.endsWith("/") || (await isFolder(out));
  if (!toFolder && named === undefined && chosen === undefined && FILE_TYPE.test(extension)) {
    throw new UsageError(
      `${extension} is not written; name a .tif, .npy, .edf, .cbf, .h5, .mask or .msk, or end ${out} with / if it is a folder`,
    );
  }
  const files = await listFiles(inputs);
  const quiet = args.has("quiet");
  const opening = openingOf(args);
  if (named === "h5" && format === "h5" && !toFolder) {
    const outcome = await stackImages(files, out, io, quiet, opening);
    return printSummary(outcome, { command: "convert", json: args.has("json"), quiet }, io);
  }
  const jobs =
    named === undefined || toFolder
      ? await planOutputs(files, out, format, opening)
      : await oneOutput(files, out, named, format, opening);
  const work: SeriesWork<Image, Kept> = {
    compute: async (image) => image,
    keepsFrames: true,
    async write(image, path) {
      if (format === "tif") await writeTiff(path, image, { compression });
      else await WRITERS[format](path, image);
      return {};
    },
  };
  const outcome = await runSeries(files, jobs, work, io, quiet, opening);
  return printSummary(outcome, { command: "convert", json: args.has("json"), quiet }, io);
}

async function oneOutput(
  files: readonly string[],
  out: string,
  named: Format,
  format: Format,
  opening: OpenImageOptions,
): Promise<Job[]> {
  if (format !== named) {
    throw new UsageError(
      `${out} is to be a .${named}, but --format is ${format}; leave one of them out`,
    );
  }
  const [frame, another] = await listFrames(files, opening);
  if (another !== undefined) {
    throw new UsageError(
      `${files.join(", ")}: these are several images, and ${out} holds one; name a folder`,
    );
  }
  return checked(files, [{ source: frame!.source, output: out }]);
}

async function isFolder(path: string): Promise<boolean> {
  const found = await nodeModule("node:fs/promises")
    .stat(path)
    .catch(() => undefined);
  return found?.isDirectory() === true;
}
