import { FileAccessError } from "../errors.js";
import { nodeModule } from "../host/node.js";
import { readMask } from "../image/read-mask.js";
import { load } from "../integrate/load.js";
import { DiffractogramTool } from "../stream/diffractogram/diffractogram-tool.js";
import type { DiffractogramRange } from "../stream/diffractogram/sector.js";
import {
  parseToolConfiguration,
  type ToolConfiguration,
} from "../stream/diffractogram/tool-configuration.js";
import type { Arguments } from "./arguments.js";
import { UsageError } from "./command.js";
import { methodOf } from "./integration-arguments.js";
import { meanImages } from "./map-arguments.js";

/** The tool that a command line describes: its configuration, and its options over that. */
export async function diffractogramTool(args: Arguments): Promise<DiffractogramTool> {
  const { configuration, path, folder } = await configurationOf(args);
  const { calibration: configured, next: _next, reset: _reset, ...settings } = configuration;
  const poni = args.text("poni") ?? (await besideOf(configured, folder));
  if (!poni) {
    throw new UsageError("-p, --poni PONI is missing, or calibration in --tool-configuration");
  }
  const mask = args.text("mask");
  const maskAbove = args.number("mask-above");
  const points = args.count("npt");
  const peakLimit = peaksOf(args);
  const tool = new DiffractogramTool({
    ai: await load(poni),
    calibration: poni,
    method: methodOf(args),
    correctSolidAngle: !args.has("no-solid-angle"),
    ...(points !== undefined && { points }),
    ...(peakLimit !== undefined && { peakLimit }),
    ...(maskAbove !== undefined && { maskAbove }),
    ...(mask !== undefined && { mask: await readMask(mask) }),
    ...(await meanImages({ dark: args.list("dark"), flat: args.list("flat") })),
  });
  await tool.configure(settings, path);
  const ranges = args.texts("range").map(rangeOf);
  const unit = args.text("unit");
  await tool.set({ ...(ranges.length > 0 && { ranges }), ...(unit !== undefined && { unit }) });
  return tool;
}

interface Configured {
  readonly configuration: ToolConfiguration;
  /** What messages call it. */
  readonly path: string;
  /** Where its file lies. */
  readonly folder?: string;
}

async function configurationOf(args: Arguments): Promise<Configured> {
  const path = "--tool-configuration";
  const given = args.text("tool-configuration");
  if (given === undefined) return { configuration: {}, path };
  if (given.trimStart().startsWith("{")) {
    return { configuration: parseToolConfiguration(given, path), path };
  }
  const { readFile } = nodeModule("node:fs/promises");
  const json = await readFile(given, "utf8").catch((cause: unknown) => {
    const message = "this configuration cannot be read; give a file, or JSON that begins with {";
    throw new FileAccessError(given, message, { cause });
  });
  const folder = nodeModule("node:path").dirname(given);
  return { configuration: parseToolConfiguration(json, given), path: given, folder };
}

/** A path as the configuration says it, or where nothing is there: as seen from the configuration's folder. */
async function besideOf(path: string | undefined, folder: string | undefined) {
  const { isAbsolute, join } = nodeModule("node:path");
  if (!path || folder === undefined || isAbsolute(path)) return path;
  const { existsSync } = nodeModule("node:fs");
  const beside = join(folder, path);
  return !existsSync(path) && existsSync(beside) ? beside : path;
}

function rangeOf(text: string): DiffractogramRange {
  const ends = text.split(",").map((word) => {
    const end = word.trim();
    if (end === "none" || end === "null" || end === "") return null;
    return Number(end);
  });
  if (ends.length === 4 && ends.every((end) => end === null || Number.isFinite(end))) {
    return ends as unknown as DiffractogramRange;
  }
  throw new UsageError(
    `--range A,B,C,D is azimuth from and to, 2θ from and to, each in degrees or none; not "${text}"`,
  );
}

function peaksOf(args: Arguments): number | undefined {
  const limit = args.number("peaks");
  if (limit === undefined || (Number.isInteger(limit) && limit >= 0)) return limit;
  throw new UsageError(`--peaks N is a whole number from 0, not ${limit}`);
}
