import { batchCommand } from "./batch.js";
import { cakeCommand } from "./cake.js";
import { calibrateCommand } from "./calibrate.js";
import { circleMapCommand } from "./circle-map.js";
import type { Command } from "./command.js";
import { compositeMapCommand } from "./composite-map.js";
import { convertCommand } from "./convert.js";
import { diffMapCommand } from "./diff-map.js";
import { diffractogramCommand } from "./diffractogram.js";
import { infoCommand } from "./info.js";
import { integrateCommand } from "./integrate.js";
import { maskCommand } from "./mask.js";
import { midasBatchCommand } from "./midas-batch.js";
import { midasMapCommand } from "./midas-map.js";
import { midasStreamCommand } from "./midas-stream.js";

/** The library's commands; the package adds those of the notebook. */
export const commands: readonly Command[] = [
  integrateCommand,
  cakeCommand,
  calibrateCommand,
  maskCommand,
  infoCommand,
  convertCommand,
  compositeMapCommand,
  circleMapCommand,
  batchCommand,
  diffMapCommand,
  midasStreamCommand,
  midasBatchCommand,
  midasMapCommand,
  diffractogramCommand,
];
