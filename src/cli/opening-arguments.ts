import type { OpenImageOptions } from "../image/open-image.js";
import type { Arguments, OptionTable } from "./arguments.js";

/** Options of every command that opens images. */
export const openingOptions: OptionTable = {
  trust: {
    value: "FOLDER,…",
    help: "folders, besides a file's own, in which what an HDF5 file links to may lie",
    list: true,
  },
};

/** What the input files may lead to. */
export function openingOf(args: Arguments): OpenImageOptions {
  return { trustedFolders: args.list("trust") };
}
