import type { Image } from "../array.js";
import { averageImages } from "../image/average-images.js";
import { readImage } from "../image/read-image.js";
import type { Origin } from "../scan/box-region.js";
import type { MapReading } from "../scan/map-frames.js";
import type { Mesh } from "../scan/mesh.js";
import type { FrameCorrections } from "../scan/tile.js";
import { mapFileKind } from "../scan/write-scan-map.js";
import type { Arguments, OptionTable } from "./arguments.js";
import { type CommandIo, UsageError } from "./command.js";
import { openingOptions } from "./opening-arguments.js";

/** Options of every command that makes a map of a scan's frames. */
export const mapOptions: OptionTable = {
  fast: { short: "t", value: "FAST", help: "points of the motor that moves with every frame" },
  slow: { short: "r", value: "SLOW", help: "points of the motor that moves from line to line" },
  offset: { short: "O", value: "N", help: "frames before the first point (default: 0)" },
  zigzag: { help: "every other line runs back" },
  origin: {
    value: "WHERE",
    help: "where row 0 of the positions is: upper, or lower as in xrsmap (default: upper)",
  },
  mask: {
    short: "m",
    value: "MASK",
    help: "image in which every pixel that is not zero is masked",
  },
  dark: { short: "d", value: "DARK,…", help: "dark image; several are averaged", list: true },
  flat: { short: "f", value: "FLAT,…", help: "flat field; several are averaged", list: true },
  background: {
    value: "FILE,…",
    help: "image of the beam without sample, subtracted; several are averaged",
    list: true,
  },
  threads: { value: "N", help: "threads that decode frames; 0: none (default: by the machine)" },
  ...openingOptions,
  output: { short: "o", value: "OUT", help: "the file that is written: .nxs, .edf or .tif" },
  json: { help: "print the summary as JSON" },
  quiet: { short: "q", help: "print errors only" },
};

/** What the commands' options have in common. */
export type CommonMapOptions = Mesh & MapReading & Omit<FrameCorrections, "dummy"> & Origins;

interface Origins {
  readonly origin?: Origin;
}

/** The common options of a map; reads the mask and the corrections. */
export async function commonMapOptions(args: Arguments, io: CommandIo): Promise<CommonMapOptions> {
  const [fast, slow] = [args.count("fast"), args.count("slow")];
  if (fast === undefined || slow === undefined) {
    throw new UsageError("-t FAST and -r SLOW are needed: the points of the two motors");
  }
  const origin = args.choice("origin", ["upper", "lower"] as const);
  const workers = args.number("threads");
  const mask = args.text("mask");
  return {
    fast,
    slow,
    offset: args.number("offset") ?? 0,
    zigzag: args.has("zigzag"),
    trustedFolders: args.list("trust"),
    ...(origin === undefined ? {} : { origin }),
    ...(workers === undefined ? {} : { workers }),
    ...(io.signal === undefined ? {} : { signal: io.signal }),
    ...(mask === undefined ? {} : { mask: await readImage(mask) }),
    ...(await meanImages({
      dark: args.list("dark"),
      flat: args.list("flat"),
      background: args.list("background"),
    })),
  };
}

/** The mean image of each list of files that has any. */
export async function meanImages<Name extends string>(
  lists: Readonly<Record<Name, readonly string[]>>,
): Promise<{ [Key in Name]?: Image }> {
  const images: { [Key in Name]?: Image } = {};
  for (const [name, files] of Object.entries(lists) as [Name, readonly string[]][]) {
    if (files.length > 0) images[name] = await averageImages(files);
  }
  return images;
}

/** The output of a map, checked before anything is read. */
export function mapOutput(args: Arguments): string {
  const output = args.required("output");
  mapFileKind(output);
  return output;
}

/** So many numbers, separated by commas; `undefined` where the option is not given. */
export function numbersOf(args: Arguments, name: string, names: string): number[] | undefined {
  const given = args.text(name);
  if (given === undefined) return undefined;
  const numbers = given.split(",").map((word) => (word.trim() === "" ? Number.NaN : Number(word)));
  if (numbers.length === names.split(",").length && numbers.every(Number.isFinite)) return numbers;
  throw new UsageError(`--${name} is ${names}, not "${given}"`);
}
