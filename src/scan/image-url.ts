import { nodeModule } from "../host/node.js";

/**
 * The path or address of an image that was named in pyFAI's way: `mask.edf`, `mask.h5::2` for a frame,
 * `file:mask.edf`, or an address of FabIO or silx such as `fabio:///data/mask.h5?slice=2` and
 * `silx:/data/mask.h5?path=/mask&slice=2`.
 */
export function imageOfUrl(name: string): string {
  const frame = /^(.+)::(\d+)$/s.exec(name);
  if (frame !== null) return `${imageOfUrl(frame[1]!)}::[${frame[2]}]`;
  const url = /^(?:fabio|silx|file):(?:\/\/)?([^?]+)(?:\?(.*))?$/s.exec(name);
  if (url === null || nodeModule("node:fs").existsSync(name)) return name;
  const [, path, words] = url as unknown as [string, string, string | undefined];
  const query = new URLSearchParams(words ?? "");
  const dataset = query.get("path") ?? query.get("data_path") ?? "";
  const slice = /^\d+$/.exec(query.get("slice") ?? query.get("data_slice") ?? "")?.[0];
  if (dataset === "" && slice === undefined) return decodeURI(path);
  return `${decodeURI(path)}::${dataset}${slice === undefined ? "" : `[${slice}]`}`;
}
