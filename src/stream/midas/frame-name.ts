import { nodeModule } from "../../host/node.js";
import type { FrameIdentity } from "../record/earlier-frames.js";

/**
 * What MIDAS' files call a frame: its file's name without folder and extension, and which of its frames
 * where it has several; of one that was sent, its number.
 */
export function frameName({ source, number }: Pick<FrameIdentity, "source" | "number">): string {
  if (/^[a-z]+:\/\//.test(source)) return `${number}`;
  const { basename, extname } = nodeModule("node:path");
  const [, path = source, frame] = /^(.*?)(?:::.*?)?(?:#(\d+))?$/s.exec(source) ?? [];
  const stem = basename(path, extname(path));
  return frame === undefined ? stem : `${stem}_${frame.padStart(5, "0")}`;
}
