import type { Box } from "../scan/box-region.js";
import { compositeMap } from "../scan/composite-map.js";
import type { Arguments } from "./arguments.js";
import type { Command, CommandIo } from "./command.js";
import { defineCommand } from "./define-command.js";
import { finishMap } from "./finish-map.js";
import { inputFiles } from "./integration-arguments.js";
import { commonMapOptions, mapOptions, mapOutput, numbersOf } from "./map-arguments.js";

/** `cakelab composite-map`: a part of every frame of a scan, side by side. */
export const compositeMapCommand: Command = defineCommand({
  name: "composite-map",
  summary: "Put a part of every frame of a scan at its point of one picture",
  usage: "FILE… -t FAST -r SLOW --roi X0,Y0,X1,Y1 [options] -o OUT",
  notes: `Both corners of the box are inside it; without --roi, frames are taken whole. Each frame: the box is cut
out, masked pixels become the dummy, blocks their mean; then dark, flat and background are applied. OUT
is a .nxs (composite and sums in one file), .edf or .tif, with the sums beside it in OUT_sum. Points
without a frame are NaN. Ctrl-C ends the scan, and what has come is written.`,
  options: {
    roi: { value: "X0,Y0,X1,Y1", help: "corners of the box: column, row from 0, inclusive" },
    binning: { value: "N", help: "means of blocks of N × N pixels (default: 1)" },
    dummy: { value: "V", help: "value of masked pixels (default: 0)" },
    ...mapOptions,
  },
  run,
});

async function run(args: Arguments, io: CommandIo): Promise<number> {
  const output = mapOutput(args);
  const roi = numbersOf(args, "roi", "X0,Y0,X1,Y1") as unknown as Box | undefined;
  const [binning, dummy] = [args.count("binning"), args.number("dummy")];
  const files = await inputFiles(args);
  const options = {
    ...(await commonMapOptions(args, io)),
    ...(roi === undefined ? {} : { roi }),
    ...(binning === undefined ? {} : { binning }),
    ...(dummy === undefined ? {} : { dummy }),
  };
  const job = {
    command: "composite-map",
    output,
    json: args.has("json"),
    quiet: args.has("quiet"),
  };
  return finishMap(() => compositeMap(files, options), job, io);
}
