import { load } from "../integrate/load.js";
import { circleMap } from "../scan/circle-map.js";
import type { Arguments } from "./arguments.js";
import { type Command, type CommandIo, UsageError } from "./command.js";
import { defineCommand } from "./define-command.js";
import { finishMap } from "./finish-map.js";
import { inputFiles } from "./integration-arguments.js";
import { commonMapOptions, mapOptions, mapOutput, numbersOf } from "./map-arguments.js";

/** `cakelab circle-map`: the intensity on a ring, for every frame of a scan. */
export const circleMapCommand: Command = defineCommand({
  name: "circle-map",
  summary: "Map the intensity on a ring over the points of a scan",
  usage: "FILE… -t FAST -r SLOW --center X,Y --radius R --width W [options] -o OUT",
  notes: `A pixel whose centre lies between radius - width/2 and radius + width/2 belongs to the ring; centres of
pixels are whole numbers. With --unit 2th_deg, q_A^-1 …, radius and width are in that unit and -p PONI
says where the ring is. OUT is a .nxs (sums and means), .edf or .tif (sums).`,
  options: {
    center: { value: "X,Y", help: "column and row of the ring's middle, of --unit pixel" },
    radius: { value: "R", help: "of the ring's middle line" },
    width: { value: "W", help: "between its inner and outer edge" },
    unit: { short: "u", value: "UNIT", help: "pixel, or a radial unit (default: pixel)" },
    poni: { short: "p", value: "PONI", help: "the calibration, of other units than pixel" },
    "azimuth-range": {
      value: "A,B",
      help: "sector in degrees, from rising columns to rising rows (default: all around)",
    },
    ...mapOptions,
  },
  run,
});

async function run(args: Arguments, io: CommandIo): Promise<number> {
  const output = mapOutput(args);
  const [radius, width] = [args.number("radius"), args.number("width")];
  if (radius === undefined || width === undefined) {
    throw new UsageError("--radius R and --width W are needed: the ring");
  }
  const unit = args.text("unit") ?? "pixel";
  const poni = args.text("poni");
  if (unit !== "pixel" && poni === undefined) {
    throw new UsageError(`--unit ${unit} needs -p PONI, which says where the ring is`);
  }
  const center = numbersOf(args, "center", "X,Y") as [number, number] | undefined;
  if (unit === "pixel" && center === undefined) {
    throw new UsageError("--center X,Y is needed: the middle of the ring");
  }
  const azimuthRange = args.range("azimuth-range");
  const files = await inputFiles(args);
  const options = {
    ...(await commonMapOptions(args, io)),
    radius,
    width,
    unit,
    ...(center === undefined ? {} : { center }),
    ...(azimuthRange === undefined ? {} : { azimuthRange }),
    ...(poni === undefined ? {} : { ai: await load(poni) }),
  };
  const job = { command: "circle-map", output, json: args.has("json"), quiet: args.has("quiet") };
  return finishMap(() => circleMap(files, options), job, io);
}
