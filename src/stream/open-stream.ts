import { OptionError } from "../errors.js";
import { nodeModule } from "../host/node.js";
import { parseAddress } from "../image/address.js";
import { hdf5 } from "../image/hdf5/hdf5.js";
import type { FrameStream } from "./frame-stream.js";
import { growingStream } from "./growing-stream.js";
import { MIDAS_PORT } from "./midas-socket/dtypes.js";
import { type ListenOptions, listenFrames } from "./midas-socket/listen-frames.js";
import { type PvaOptions, pvaStream } from "./pva/pva-stream.js";
import { type SeriesStreamOptions, seriesStream } from "./series-stream.js";

/** What every stream takes, and what those of one kind take besides. */
export type OpenStreamOptions = SeriesStreamOptions &
  Partial<Omit<ListenOptions, "host" | "port">> &
  PvaOptions;

/**
 * Opens a stream of frames by its address:
 *
 * - a folder, whose images come first and then those that are added to it (`watch` is on);
 * - a file, a glob, or several of them, as a series that ends with its last frame, unless `watch` is on;
 * - an HDF5 file that grows, with `watch` on: frame after frame;
 * - `tcp://127.0.0.1:60439` listens there for frames by MIDAS' protocol, and needs their `shape`. Other
 *   machines are let in by another address, such as `tcp://0.0.0.0:60439`;
 * - `pva://13SIM1:Pva1:Image` watches an EPICS channel, through the Python library p4p.
 *
 * @throws OptionError; StreamError where it cannot be opened. What goes wrong later is thrown to the
 * reader.
 * @example
 * const stream = await openStream("tcp://127.0.0.1:60439", { shape: [2048, 2048] });
 * for await (const pattern of ai.integrateMany(stream, { npt: 1000 })) { … }
 */
export async function openStream(
  address: string | readonly string[],
  options: OpenStreamOptions = {},
): Promise<FrameStream> {
  if (typeof address !== "string") return seriesStream(address, options);
  const [, scheme, rest = ""] = /^([a-z][a-z0-9]*):\/\/(.*)$/s.exec(address) ?? [];
  switch (scheme) {
    case undefined:
      if (options.watch && isHdf5(address)) return growingStream(address, options);
      return seriesStream(address, { watch: await isFolder(address), ...options });
    case "tcp":
      return listenFrames({ ...parseEndpoint(address, rest), ...options } as ListenOptions);
    case "pva":
      return pvaStream(rest, options);
    default:
      throw new OptionError("address", address, `there is no ${scheme}://; use tcp:// or pva://`);
  }
}

/** `host:port`, each of which may be left out. */
function parseEndpoint(address: string, text: string): { host?: string; port: number } {
  const [, six, four = "", port = String(MIDAS_PORT)] =
    /^(?:\[([^\]\s]+)\]|([^:/\s]*))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const host = six ?? four;
  if (six === undefined && four === "" && !/^(:\d+)?$/.test(text)) {
    throw new OptionError(
      "address",
      address,
      "is to be tcp://host:port, such as tcp://127.0.0.1:60439",
    );
  }
  return { port: Number(port), ...(host !== "" && { host }) };
}

/** Whether an address is that of one HDF5 file, which need not be there yet. */
function isHdf5(address: string): boolean {
  const { path } = parseAddress(address);
  return !/[*?[\]{}]/.test(path) && hdf5.extensions.some((end) => path.toLowerCase().endsWith(end));
}

async function isFolder(path: string): Promise<boolean> {
  const status = await nodeModule("node:fs/promises")
    .stat(path)
    .catch(() => undefined);
  return status?.isDirectory() === true;
}
