import { FileAccessError } from "../../errors.js";
import { nodeModule } from "../../host/node.js";
import { buildMidasMap } from "../../integrate/midas/build-map.js";
import { writeMidasMap } from "../../integrate/midas/map-folder.js";
import { type BatchFiles, batchFiles } from "./batch-files.js";
import { type BatchOutputs, batchThrough, type MidasBatchSummary } from "./batch-through.js";
import { type EngineOptions, openMidasEngine } from "./open-engine.js";
import { type ParameterSource, parametersOf } from "./read-parameters.js";
import type { MidasRunOptions } from "./run-options.js";

/** Files that are integrated as MIDAS does it, and what becomes of them. */
export interface MidasBatchOptions
  extends ParameterSource,
    EngineOptions,
    BatchFiles,
    BatchOutputs,
    MidasRunOptions {
  /** Also writes a map that is built into the result folder. Default false. */
  readonly writeMap?: boolean;
}

/**
 * MIDAS' batch workflow (integrator.py): integrates each file of a numbered series in MIDAS' own geometry,
 * and writes its cakes as `<file>.caked.hdf`, as `<file>.caked.hdf.zarr.zip`, which GSAS-II opens, and on
 * request as a MATLAB file. Files need not be converted to Zarr before, as MIDAS' own program needs it.
 *
 * @throws FileAccessError, FileFormatError, OptionError, ShapeError for parameters, maps and dark images,
 * and where no file is there; what is wrong with a file is in the summary
 * @example
 * await midasBatch({ parameters: "setup.txt", dataFile: "scan_000001.tif", endFile: 20 });
 */
export async function midasBatch(options: MidasBatchOptions): Promise<MidasBatchSummary> {
  const parameters = await parametersOf(options);
  const files = batchFiles(options);
  const { existsSync } = nodeModule("node:fs");
  if (!files.some((file) => existsSync(file))) {
    const what = files.length === 1 ? "there is no such file" : "no file of the series is there";
    throw new FileAccessError(files[0]!, `${what}; check the path and the numbers`);
  }
  const { onProgress, rawMask = false, resultFolder = ".", signal, writeMap = false } = options;
  let { map } = options;
  if (writeMap && map === undefined) {
    const told = { ...(onProgress && { onProgress }), ...(signal && { signal }) };
    map = await buildMidasMap(parameters, { rawMask, ...told });
    await writeMidasMap(resultFolder, map, parameters);
  }
  const engine = await openMidasEngine(parameters, { ...options, map });
  try {
    return await batchThrough(engine, parameters, files, options);
  } finally {
    engine.release();
  }
}
