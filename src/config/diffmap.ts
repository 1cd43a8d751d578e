import { reportNotice } from "../notice.js";
import { type Fields, fieldsOf } from "./fields.js";
import { isObject, parseLooseJson } from "./loose-json.js";
import { ConfigError } from "./parse-yaml.js";
import { readWorker, type WorkerConfig } from "./worker.js";

/** A motor of diff_map's configuration. */
export interface DiffMapMotor {
  readonly name: string | undefined;
  readonly start: number | undefined;
  /** Of the last point. */
  readonly stop: number | undefined;
  readonly points: number | undefined;
}

/** The configuration of pyFAI's diff_map. */
export interface DiffMapConfig {
  readonly title: string | undefined;
  readonly slow: DiffMapMotor;
  readonly fast: DiffMapMotor;
  readonly offset: number;
  readonly zigzag: boolean;
  readonly worker: WorkerConfig;
  /** Paths of the images. */
  readonly input: readonly string[];
  readonly output: string | undefined;
}

/** The version that is written, and the newest that is read. */
export const diffMapVersion = 1;

/**
 * Reads diff_map's JSON: version 1, the one before, which had no number, and the configuration of a
 * worker alone.
 *
 * @throws ConfigError
 */
export function parseDiffMap(text: string, path: string): DiffMapConfig {
  const object = parseLooseJson(text, path);
  const isWorker = !("ai" in object) && ("poni" in object || "nbpt_rad" in object);
  const fields = fieldsOf(isWorker ? {} : object, path, "");
  const version = fields.number("diffmap_config_version");
  if (version !== undefined && version > diffMapVersion) {
    throw new ConfigError(
      path,
      `diffmap_config_version ${version} is newer than ${diffMapVersion}, the newest that CakeLab reads`,
    );
  }
  const ai = isWorker ? object : (fields.value("ai") ?? {});
  if (!isObject(ai)) throw fields.fail("ai", "the configuration of a worker");
  const worker = readWorker(ai, path, "ai");
  // Before version 1 the numbers of bins could stand outside.
  const npt = fields.count("nbpt_rad", "npt_rad") || undefined;
  const nptAzim = fields.count("nbpt_azim", "npt_azim") ?? 0;
  const config: DiffMapConfig = {
    title: fields.text("experiment_title"),
    slow: motor(fields, path, "slow"),
    fast: motor(fields, path, "fast"),
    offset: fields.count("offset") ?? 0,
    zigzag: fields.flag("zigzag_scan") ?? false,
    worker: {
      ...worker,
      npt: worker.npt ?? npt,
      nptAzim: worker.nptAzim ?? (nptAzim > 1 ? nptAzim : undefined),
    },
    input: inputs(fields),
    output: fields.text("output_file"),
  };
  const unread = fields.unread();
  if (unread.length > 0) {
    reportNotice(`${path}: ${unread.join(", ")} is not known and does not count`);
  }
  return config;
}

function motor(fields: Fields, path: string, which: "slow" | "fast"): DiffMapMotor {
  const value = fields.value(`${which}_motor`);
  if (value !== undefined && !isObject(value) && !Array.isArray(value)) {
    throw fields.fail(`${which}_motor`, "{ start, stop, points, name }");
  }
  const [start, stop, points, name] = Array.isArray(value) ? value : [];
  const own = fieldsOf(
    Array.isArray(value) ? { start, stop, points, name } : (value ?? {}),
    path,
    `${which}_motor`,
  );
  const range = fields.pair(`${which}_motor_range`);
  const old = fields.count(`nbpt_${which}`, `npt_${which}`, `${which}_motor_points`);
  const oldName = fields.text(`${which}_motor_name`);
  return {
    name: own.text("name") ?? oldName,
    start: own.number("start") ?? range?.[0],
    stop: own.number("stop") ?? range?.[1],
    points: own.count("points") || old || undefined,
  };
}

/** Of `[path, h5, nframes, shape]`, or objects of these, the paths. */
function inputs(fields: Fields): string[] {
  const value = fields.value("input_data") ?? [];
  if (!Array.isArray(value)) throw fields.fail("input_data", "a list of files");
  return value.map((item) => {
    const path = Array.isArray(item) ? item[0] : isObject(item) ? item.path : item;
    if (typeof path !== "string") throw fields.fail("input_data", "a list of files");
    return path;
  });
}
