import { explicitJson } from "../export/side-file.js";
import { nodeModule } from "../host/node.js";
import { parseAddress } from "../image/address.js";
import {
  type DiffractogramSummary,
  recordDiffractograms,
} from "../stream/diffractogram/record-diffractograms.js";
import type { Arguments } from "./arguments.js";
import { type Command, type CommandIo, UsageError } from "./command.js";
import { defineCommand } from "./define-command.js";
import { diffractogramTool } from "./diffractogram-arguments.js";
import { integrationOptions } from "./integration-arguments.js";
import { progressDisplay } from "./progress-display.js";
import { openSource, type Source, sourceOf, sourceOptions } from "./stream-arguments.js";

/** Milliseconds between two lines where there is no bar. */
const LINE_MS = 500;

const { "radial-range": _, ...shared } = integrationOptions;

/** `cakelab diffractogram`: LaVue's diffractogram tool without windows. */
export const diffractogramCommand: Command = defineCommand({
  name: "diffractogram",
  summary:
    "Integrate the images of a running experiment over sectors, as LaVue's diffractogram tool",
  usage: "[--tool-configuration JSON|FILE] SOURCE… [--results FILE.ndjson] [-o FILE.h5]",
  notes: `SOURCE is files, globs or a folder, an HDF5 file, tcp://127.0.0.1:60439 (MIDAS' protocol; listens
there) or pva://CHANNEL. Options overrule the configuration. With --watch, and from a socket or a channel,
it goes on until --timeout or Ctrl-C, and then writes FILE.h5. A run that was killed is gone on with by the
same line and --resume; until then what is done lies in FILE.h5.journal. Of a range, both ends are
degrees, 2θ too; none leaves an end open, and a sector through 180° is 170,190,none,none.`,
  options: {
    "tool-configuration": {
      value: "JSON|FILE",
      help: "configuration of LaVue's tool: calibration, diff_ranges, diff_units …",
    },
    range: {
      value: "A,B,C,D",
      help: "azimuth from A to B, 2θ from C to D; a diffractogram for each that is given",
      list: true,
    },
    npt: { short: "c", value: "NPT", help: "number of radial bins (default: 1000)" },
    unit: {
      short: "u",
      value: "UNIT",
      help: "q_nm^-1, q_A^-1, 2th_deg, 2th_rad, r_mm or r_pixel, or as LaVue calls them (default: q_nm^-1)",
    },
    "mask-above": { value: "N", help: "pixels above N do not count" },
    "no-solid-angle": { help: "leave out the solid angle correction" },
    peaks: { value: "N", help: "the most peaks of each pattern; 0: none (default: 20)" },
    ...sourceOptions,
    ...shared,
    results: { value: "FILE", help: "NDJSON file of LaVue's results, a line for each image" },
    resume: { help: "go on with a run that was interrupted" },
    output: { short: "o", value: "FILE.h5", help: "NeXus file of the patterns in time" },
  },
  run,
});

async function run(args: Arguments, io: CommandIo): Promise<number> {
  const output = args.text("output");
  const results = args.text("results");
  if (output === undefined && results === undefined) {
    throw new UsageError("-o FILE.h5 is missing, or --results FILE: say where results go");
  }
  const source = sourceOf(args);
  checkOutputs(source, output, results);
  const tool = await diffractogramTool(args);
  const quiet = args.has("quiet");
  const display = progressDisplay(io, quiet);
  const errors: { tag: string; message: string }[] = [];
  const onTrouble = ({ tag, message }: { tag: string; message: string }): void => {
    errors.push({ tag, message });
    display.message(`failed: ${message}`);
  };
  let shown = Number.NEGATIVE_INFINITY;
  const onFrame = ({ source }: { source: string }, frames: number): void => {
    if (io.isTTY) display.step(frames, 0, `${frames} frames · ${source}`);
    else if (!quiet && performance.now() - shown >= LINE_MS) {
      shown = performance.now();
      io.stderr.write(`[${frames}] ${source}\n`);
    }
  };
  let summary: DiffractogramSummary;
  try {
    const shape = tool.ai?.detector.shape;
    const stream = await openSource(source, args, { shape, onTrouble });
    summary = await recordDiffractograms(tool, stream, {
      ...(output !== undefined && { output }),
      ...(results !== undefined && { results }),
      ...(io.signal && { stop: io.signal }),
      keepStopped: !source.isEndless,
      resume: args.has("resume"),
      onFrame,
      onTrouble,
    });
  } finally {
    display.close();
    tool.release();
  }
  const outputs = [output, results].filter((path) => path !== undefined);
  const isCut = summary.isStopped && !source.isEndless;
  if (args.has("json")) {
    const words = { command: "diffractogram", ...summary, outputs, errors };
    io.stdout.write(`${explicitJson(words, 2)}\n`);
  } else if (!quiet) {
    io.stdout.write(`${[...lines(summary, isCut), `written: ${outputs.join(", ")}`].join("\n")}\n`);
  }
  return summary.failed + summary.counts.bad > 0 || isCut ? 1 : 0;
}

/** @throws UsageError where an output would be read, or written twice. */
function checkOutputs(
  { addresses, isRemote }: Source,
  output: string | undefined,
  results: string | undefined,
): void {
  const { dirname, resolve } = nodeModule("node:path");
  if (output !== undefined && results !== undefined && resolve(output) === resolve(results)) {
    throw new UsageError(`${output} cannot be both -o and --results; name two files`);
  }
  for (const path of [output, results]) {
    if (path === undefined || isRemote) continue;
    const inputs = addresses.map((address) => resolve(parseAddress(address).path));
    if (inputs.includes(resolve(path)) || inputs.includes(dirname(resolve(path)))) {
      throw new UsageError(`${path} would be among the images; choose another folder for it`);
    }
  }
}

function lines(summary: DiffractogramSummary, isCut: boolean): string[] {
  const { frames, resumed, repeated, failed, counts, seconds } = summary;
  return [
    `${frames} frames in ${seconds.toFixed(1)} s`,
    ...(resumed > 0 ? [`${resumed} of an earlier run, ${repeated} of them came again`] : []),
    ...(failed > 0 ? [`${failed} could not be integrated`] : []),
    ...(counts.bad > 0 ? [`${counts.bad} were not usable`] : []),
    ...(counts.dropped > 0 ? [`${counts.dropped} left out, because newer ones had come`] : []),
    ...(isCut ? ["interrupted: --resume goes on with the rest"] : []),
  ];
}
