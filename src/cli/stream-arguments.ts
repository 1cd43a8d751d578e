import type { CakelabError } from "../errors.js";
import type { FrameStream } from "../stream/frame-stream.js";
import { openStream } from "../stream/open-stream.js";
import type { Arguments, OptionTable } from "./arguments.js";
import { UsageError } from "./command.js";
import { numbersOf } from "./map-arguments.js";

/** Options of every command that takes the frames of a stream. */
export const sourceOptions: OptionTable = {
  watch: { help: "go on with files that come, or frames that are added to an HDF5 file" },
  listen: {
    value: "[HOST:]PORT",
    help: "take frames by MIDAS' protocol there, instead of SOURCE; 0.0.0.0:60439 lets other machines in",
  },
  "pva-ip": { value: "IP", help: "server of the pva:// channel (default: EPICS finds it)" },
  shape: { value: "ROWS,COLUMNS", help: "of frames that do not say it (default: the detector's)" },
  timeout: { value: "SECONDS", help: "end where no frame has come for so long" },
  latest: { help: "leave out frames that newer ones have come after" },
  all: { help: "take every frame; a source that is faster waits (default)" },
};

/** Where frames come from. */
export interface Source {
  readonly addresses: readonly string[];
  /** A socket or a channel. */
  readonly isRemote: boolean;
  /** Whether it goes on until somebody ends it. */
  readonly isEndless: boolean;
}

/** The source that a command line names, checked before anything is read. */
export function sourceOf(args: Arguments): Source {
  const listen = args.text("listen");
  const host = listen?.includes(":") ? "" : ":";
  const addresses = [...args.positionals, ...(listen ? [`tcp://${host}${listen}`] : [])];
  if (addresses.length === 0) {
    throw new UsageError("SOURCE is missing: name files, a folder, or tcp://127.0.0.1:60439");
  }
  const isRemote = addresses.some((address) => /^[a-z]+:\/\//.test(address));
  if (isRemote && addresses.length > 1) {
    throw new UsageError(`${addresses.join(" and ")} cannot be one stream; name one source`);
  }
  if (args.has("latest") && args.has("all")) {
    throw new UsageError("--latest and --all exclude each other; give one of them");
  }
  return { addresses, isRemote, isEndless: isRemote || args.has("watch") };
}

/** Opens a source. */
export function openSource(
  { addresses, isRemote }: Source,
  args: Arguments,
  { shape, onTrouble }: SourceContext,
): Promise<FrameStream> {
  const timeout = args.number("timeout");
  if (timeout !== undefined && !(timeout > 0)) {
    throw new UsageError(`--timeout is a number of seconds above 0, not ${timeout}`);
  }
  const given = numbersOf(args, "shape", "ROWS,COLUMNS") as [number, number] | undefined;
  const frameShape = given ?? shape;
  const isSocket = addresses[0]!.startsWith("tcp:");
  const server = args.text("pva-ip");
  const address = addresses.length === 1 ? addresses[0]! : addresses;
  return openStream(address, {
    keep: args.has("latest") ? "latest" : "all",
    reuse: true,
    onTrouble,
    ...(timeout !== undefined && { timeout }),
    ...(isSocket && frameShape && { shape: frameShape }),
    ...(server !== undefined && { server }),
    ...(!isRemote && { watch: args.has("watch"), trustedFolders: args.list("trust") }),
  });
}

/** What a source needs to know besides its arguments. */
export interface SourceContext {
  /** Of frames that do not say it. */
  readonly shape: readonly [rows: number, columns: number] | undefined;
  readonly onTrouble: (trouble: CakelabError) => void;
}
