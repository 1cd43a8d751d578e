import type { Detector } from "../../src/detector/detector.js";
import { detectorData } from "../../src/detector/detector-data.js";
import type { LiveImage } from "./live-image.js";
import type { ScatterReply, ScatterRequest } from "./scatter-messages.js";
import type { Summing } from "./summing.js";
import { WorkerChannel } from "./worker-channel.js";

const MOST_WORKERS = 8;
/** With fewer rows for each, workers spend their time on the way. */
const LEAST_ROWS = 256;

/** Workers that each sum a part of the image's rows, so that the page itself stays free. */
export async function scatterTeam(
  image: LiveImage,
  detector: Detector,
  plain: boolean,
  cores: number = navigator.hardwareConcurrency,
): Promise<Summing> {
  const { values, weights } = image;
  const [rows, columns] = image.shape;
  const count = Math.max(
    1,
    Math.min(MOST_WORKERS, Math.max(2, cores - 1), Math.floor(rows / LEAST_ROWS)),
  );
  const data = detectorData(detector, image.shape);
  const team = Array.from({ length: count }, () => {
    const worker = new Worker(new URL("./scatter-worker.js", import.meta.url), { type: "module" });
    return new WorkerChannel<ScatterRequest, ScatterReply>(worker);
  });
  const close = (): void => {
    for (const member of team) member.close();
  };
  try {
    const firstRow = (member: number): number => Math.floor((rows * member) / count);
    const part = (all: Float32Array, member: number): Float32Array =>
      all.slice(firstRow(member) * columns, firstRow(member + 1) * columns);
    const ready = await Promise.all(
      team.map((member, i) => {
        return member.ask({
          kind: "band",
          band: {
            firstRow: firstRow(i),
            rows: firstRow(i + 1) - firstRow(i),
            values: part(values, i),
            weights: weights && part(weights, i),
          },
          detector: data,
          plain,
        });
      }),
    );
    const mode = ready.every((reply) => reply.kind === "ready" && reply.mode === "webasm")
      ? "webasm"
      : "js";
    return {
      mode,
      intensities: async (job) => {
        const replies = await Promise.all(team.map((member) => member.ask({ kind: "frame", job })));
        return means(replies.flatMap((reply) => (reply.kind === "sums" ? [reply.sums] : [])));
      },
      setImage: async (next) => {
        const ask = (member: (typeof team)[number], i: number) =>
          member.ask({ kind: "values", values: part(next.values, i) });
        await Promise.all(team.map(ask));
      },
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

/** The mean of each bin, NaN where nothing is. */
function means(parts: readonly Float32Array[]): Float32Array {
  const [first, ...others] = parts;
  const intensities = new Float32Array(first!.length / 2);
  for (let bin = 0; bin < intensities.length; bin++) {
    let signal = first![2 * bin]!;
    let normalization = first![2 * bin + 1]!;
    for (const part of others) {
      signal += part[2 * bin]!;
      normalization += part[2 * bin + 1]!;
    }
    intensities[bin] = normalization !== 0 ? signal / normalization : Number.NaN;
  }
  return intensities;
}
