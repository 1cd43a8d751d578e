import type { Image } from "../../src/array.js";
import type {
  FrameMessage,
  FrameName,
  FrameWish,
  ListedPeak,
  RowsHeader,
  RowsThere,
  StreamStatus,
} from "../../src/diffractogram-messages.js";
import { blockMean } from "../../src/figure/block-mean.js";
import type { GrowingRows } from "../../src/growing-rows.js";
import type { DiffractogramPattern } from "../../src/stream/diffractogram/diffractogram-pattern.js";
import type { PatternBuffer } from "../../src/stream/diffractogram/pattern-buffer.js";
import { type NumberArray, packArrays } from "../../src/widget-messages.js";

/** What there is to be seen now. */
export interface LiveScene {
  readonly revision: number;
  readonly frame: FrameName | null;
  readonly status: StreamStatus;
  /** The newest image and its revision. */
  readonly image: Image | undefined;
  readonly imageRevision: number;
  /** Non-zero = masked. */
  readonly mask: ArrayLike<number> | undefined;
  readonly patterns: readonly DiffractogramPattern[];
  /** Of each pattern; found when they are asked for. */
  readonly peaks: () => readonly (readonly ListedPeak[])[];
  readonly buffers: readonly PatternBuffer[];
  readonly track: GrowingRows<Float64Array>;
}

/** How many pixels of the image become one on a screen that has so many rows of it. */
function factorFor(wish: FrameWish, { image }: LiveScene): number {
  const rows = image?.shape[0] ?? 1;
  return Math.max(1, Math.floor(rows / Math.max(1, wish.rows)));
}

/** Whether a page that shows one image needs the pixels of this one. */
function needsImage(wish: FrameWish, scene: LiveScene): boolean {
  if (scene.image === undefined || wish.rows === 0) return false;
  return wish.image !== scene.imageRevision || wish.factor > factorFor(wish, scene);
}

/** Whether there is something for a page that it has not. */
export function hasNews(wish: FrameWish, scene: LiveScene): boolean {
  const buffer = wish.buffer === null ? undefined : scene.buffers[wish.buffer];
  return (
    scene.revision > wish.have ||
    needsImage(wish, scene) ||
    !isSame(wish.track, scene.track.there) ||
    (buffer !== undefined && !isSame(wish.heat, thereOf(buffer)))
  );
}

/** What a page has wished for, and has not. */
export function answerTo(
  wish: FrameWish,
  scene: LiveScene,
): { message: FrameMessage; buffers: readonly ArrayBufferView[] } {
  const arrays: Record<string, NumberArray> = {};
  const factor = factorFor(wish, scene);
  const isNew = needsImage(wish, scene);
  if (isNew) arrays.image = blockMean(scene.image!, factor, scene.mask);
  for (const [i, { radial, intensity }] of scene.patterns.entries()) {
    arrays[`x${i}`] = list(radial);
    arrays[`y${i}`] = list(Float32Array.from(intensity));
  }
  const buffer = wish.buffer === null ? undefined : scene.buffers[wish.buffer];
  let heat: FrameMessage["heat"] = null;
  if (buffer !== undefined) {
    const { header, rows, times } = rowsSince(buffer, wish.heat);
    heat = { ...header, buffer: wish.buffer! };
    arrays.heat = { data: rows, shape: [times.length, buffer.bins] };
    arrays.times = list(times);
  }
  const track = scene.track.since(wish.track);
  arrays.track = list(track.data);
  const { headers, buffers } = packArrays(arrays);
  const { revision, frame, status, image, imageRevision } = scene;
  const message: FrameMessage = {
    ...{ do: "frame", revision, frame, status, heat, factor: isNew ? factor : wish.factor },
    shape: image === undefined ? [0, 0] : [image.shape[0], image.shape[1]],
    image: isNew ? imageRevision : wish.image,
    arrays: headers,
    peaks: wish.peaks ? scene.peaks() : null,
    track: track.header,
  };
  return { message, buffers };
}

function thereOf({ generation, appended }: PatternBuffer): RowsThere {
  // A page that has nothing is of generation 0.
  return { generation: generation + 1, count: appended };
}

/** The rows of a buffer that a page has not. */
function rowsSince(
  buffer: PatternBuffer,
  has: RowsThere,
): { header: RowsHeader; rows: Float32Array; times: Float64Array } {
  const { appended, length, bins } = buffer;
  const there = thereOf(buffer);
  const kept = appended - length;
  const known = has.generation === there.generation ? has.count : 0;
  const first = Math.min(Math.max(known, kept), appended);
  const rows = new Float32Array((appended - first) * bins);
  const times = new Float64Array(appended - first);
  for (let number = first; number < appended; number++) {
    rows.set(buffer.row(number - kept), (number - first) * bins);
    times[number - first] = buffer.timestamp(number - kept);
  }
  return { header: { ...there, first, kept, columns: bins }, rows, times };
}

function isSame(a: RowsThere, b: RowsThere): boolean {
  return a.generation === b.generation && a.count === b.count;
}

function list(data: Float32Array | Float64Array): NumberArray {
  return { data, shape: [data.length] };
}
