import { numberedFiles } from "../batch/numbered-files.js";
import type { MapConfig, MeshConfig } from "../config/map-config.js";
import { nodeModule } from "../host/node.js";
import { listFiles } from "../image/list-files.js";
import { readImage } from "../image/read-image.js";
import { load } from "../integrate/load.js";
import { circleMap } from "../scan/circle-map.js";
import { compositeMap } from "../scan/composite-map.js";
import type { CommandIo } from "./command.js";
import { finishMap } from "./finish-map.js";
import { meanImages } from "./map-arguments.js";

/**
 * Makes the maps of a configuration: the composite map as `output` names it, a ring map as
 * `<name>_ring`.
 *
 * @param base the folder that paths start from
 * @returns the exit code
 */
export async function runMapBatch(
  config: MapConfig,
  base: string,
  { json, quiet }: { readonly json: boolean; readonly quiet: boolean },
  io: CommandIo,
): Promise<number> {
  const { resolve } = nodeModule("node:path");
  const at = (path: string): string => resolve(base, path);
  const { composite, circle, background, mask, poni } = config;
  const files = numberedFiles(config.input, base);
  const common = {
    ...(io.signal === undefined ? {} : { signal: io.signal }),
    ...(mask === undefined ? {} : { mask: await readImage(at(mask)) }),
    ...(await meanImages({
      dark: config.dark.map(at),
      flat: config.flat.map(at),
      background: background === undefined ? [] : await listFiles(numberedFiles(background, base)),
    })),
  };
  const output = resolve(at(config.output.directory), config.output.file_name);
  const job = { json, quiet: quiet || !config.verbose, sums: config.sums };
  const codes: number[] = [];
  if (composite !== undefined) {
    const options = { ...common, ...given(composite), ...meshOf(composite) };
    const named = { ...job, command: "composite-map", output };
    codes.push(await finishMap(() => compositeMap(files, options), named, io));
  }
  if (circle !== undefined) {
    const ai = poni === undefined ? {} : { ai: await load(at(poni)) };
    const { radius, width } = circle;
    const options = { ...common, ...ai, ...given(circle), radius, width, ...meshOf(circle) };
    const ring = output.replace(/(?=\.[^./\\]*$)/, "_ring");
    const named = { ...job, command: "circle-map", output: ring };
    codes.push(await finishMap(() => circleMap(files, options), named, io));
  }
  return Math.max(...codes);
}

function meshOf({ npt_x, npt_y }: MeshConfig): { fast: number; slow: number } {
  return { fast: npt_x, slow: npt_y };
}

type Given<T> = { [Key in Exclude<keyof T, "npt_x" | "npt_y">]?: Exclude<T[Key], undefined> };

/** What was given of a section, but the mesh, under the library's names. */
function given<T extends MeshConfig>({ npt_x: _x, npt_y: _y, ...rest }: T): Given<T> {
  const entries = Object.entries(rest).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Given<T>;
}
