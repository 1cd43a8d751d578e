import type { Image } from "../../array.js";
import { OptionError, StreamError } from "../../errors.js";
import { formatPoni } from "../../geometry/poni.js";
import { nodeModule } from "../../host/node.js";
import type { Progress } from "../../integrate/options.js";
import type { StreamFrame } from "../frame-stream.js";
import { FrameRecord } from "../record/frame-record.js";
import { type DiffractogramHead, writeDiffractograms } from "./diffractogram-file.js";
import { diffractogramArrays, diffractogramLayout } from "./diffractogram-record.js";
import type { DiffractogramTool } from "./diffractogram-tool.js";
import { ResultsFile } from "./results-file.js";
import type { ToolResults } from "./tool-results.js";

/** Where a run keeps what a tool makes. */
export interface RunOutputs {
  readonly output?: string | undefined;
  readonly results?: string | undefined;
  readonly resume?: boolean | undefined;
}

type Axes = DiffractogramHead["ranges"];

/** Outputs of a tool that grow frame by frame, and that an interrupted run can be gone on with. */
export class DiffractogramRun {
  /** Frames of an earlier run. */
  readonly resumed: number;
  readonly #tool: DiffractogramTool;
  readonly #outputs: RunOutputs;
  /** Known from the first frame on. */
  #record: FrameRecord | undefined;
  #results: ResultsFile | undefined;

  private constructor(tool: DiffractogramTool, outputs: RunOutputs, record?: FrameRecord) {
    this.#tool = tool;
    this.#outputs = outputs;
    this.#record = record;
    this.resumed = record?.frames ?? 0;
  }

  /** @throws OptionError, FileFormatError or OutputError, as `FrameRecord.open` and `ResultsFile.open` */
  static async open(tool: DiffractogramTool, outputs: RunOutputs): Promise<DiffractogramRun> {
    const path = recordPath(outputs);
    const earlier = FrameRecord.read(path);
    const settings = earlier?.settings;
    const layout = earlier?.layout;
    const frames = earlier?.frames ?? 0;
    earlier?.close();
    if (layout === undefined || frames === 0) return new DiffractogramRun(tool, outputs);
    const record = await FrameRecord.open(path, {
      layout,
      settings: { ...settingsOf(tool), axes: settings?.axes },
      resume: outputs.resume === true,
    });
    const run = new DiffractogramRun(tool, outputs, record);
    try {
      await run.#openResults(record.frames);
      return run;
    } catch (error) {
      record.close();
      throw error;
    }
  }

  get frames(): number {
    return this.#record?.frames ?? 0;
  }

  /** The frame to be integrated; `undefined` where an earlier run has it. */
  continued(frame: StreamFrame): StreamFrame | undefined {
    return this.#record === undefined ? frame : this.#record.continued(frame);
  }

  /**
   * Keeps what the tool has made of a frame.
   *
   * @throws StreamError where its radial axes are not those of the frames before.
   */
  async add(frame: StreamFrame, results: ToolResults): Promise<void> {
    this.#record ??= await this.#begin();
    const axes = this.#record.settings.axes as Axes;
    this.#tool.patterns.forEach(({ radial }, i) => {
      if (isSame(axes[i]!.radial, radial)) return;
      throw new StreamError(
        frame.source,
        `its radial axis ${i + 1} is not that of the frames before; give ranges with 2θ from and to`,
      );
    });
    // The line first: what is recorded without its line could not be told from what is done.
    await this.#results?.append(results);
    await this.#record.add(frame, diffractogramArrays(this.#tool, this.#record.layout));
  }

  /**
   * Writes the output.
   *
   * @param isKept whether a later run may go on.
   * @throws StreamError where there is nothing to write; OutputError; the signal's reason.
   */
  async finish({ title, isKept, onProgress, signal }: FinishOptions): Promise<void> {
    const record = this.#record;
    if (record === undefined || record.frames === 0) {
      throw new StreamError(title, "no frame came that could be integrated; nothing is written");
    }
    const { output } = this.#outputs;
    if (output !== undefined) {
      const { configuration, settings } = this.#tool;
      const head: DiffractogramHead = {
        ...{ title, configuration, unit: settings.unit },
        ranges: record.settings.axes as Axes,
        poni: formatPoni(this.#tool.ai!.toPoni()),
      };
      await writeDiffractograms(output, record, head, {
        onProgress: ({ done, total }) => onProgress({ label: `writing ${output}`, done, total }),
        ...(signal && { signal }),
      });
    }
    await this.#results?.close();
    this.#results = undefined;
    if (isKept) record.close();
    else await record.remove();
  }

  /** What is recorded stays. */
  async close(): Promise<void> {
    this.#record?.close();
    await this.#results?.close();
  }

  async #begin(): Promise<FrameRecord> {
    const axes = this.#tool.patterns.map(({ radial, radialRange, azimuthRange }) => ({
      radial: [...radial],
      ...(radialRange && { radialRange }),
      ...(azimuthRange && { azimuthRange }),
    }));
    await this.#openResults(0);
    return FrameRecord.open(recordPath(this.#outputs), {
      layout: diffractogramLayout(this.#tool.patterns),
      settings: { ...settingsOf(this.#tool), axes },
      resume: this.#outputs.resume === true,
    });
  }

  async #openResults(lines: number): Promise<void> {
    const { results } = this.#outputs;
    if (results !== undefined) this.#results = await ResultsFile.open(results, lines);
  }
}

/** How a run ends. */
export interface FinishOptions {
  /** What the file is called. */
  readonly title: string;
  readonly isKept: boolean;
  readonly onProgress: (progress: Progress) => void;
  readonly signal?: AbortSignal;
}

function recordPath({ output, results }: RunOutputs): string {
  const path = output ?? results;
  if (path !== undefined) return path;
  throw new OptionError("output", undefined, "name an output, results, or both");
}

/** What two runs must have in common. */
function settingsOf({ ai, settings }: DiffractogramTool): Record<string, unknown> {
  const { ranges, unit, points, correctSolidAngle, maskAbove = null, peakLimit } = settings;
  return {
    ...{ ranges, unit, points, correctSolidAngle, maskAbove, peakLimit },
    calibration: ai === undefined ? null : formatPoni(ai.toPoni()),
    mask: digest(settings.mask),
    dark: digest(settings.dark),
    flat: digest(settings.flat),
  };
}

function digest(image: Image | undefined): string | null {
  if (image === undefined) return null;
  const { createHash } = nodeModule("node:crypto");
  const { buffer, byteOffset, byteLength } = image.data;
  return createHash("sha256")
    .update(`${image.shape} ${image.data.constructor.name} `)
    .update(new Uint8Array(buffer, byteOffset, byteLength))
    .digest("hex");
}

function isSame(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
