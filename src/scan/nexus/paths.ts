import { nodeModule } from "../../host/node.js";

/** Where diff_map's files have what. */
export const ENTRY = "/entry_0000";
export const PROCESS = "/entry_0000/pyFAI";
export const RESULT = "/entry_0000/pyFAI/result";

/** In the process: index of the first frame of each input file, −1 where none was read. */
export const FIRST_FRAMES = "first_frames";

/** The two halves of a unit's name: `"q_A^-1"` is the dataset `q` in `A^-1`. */
export function spaceOf(unit: string): readonly [space: string, unit: string] {
  const at = unit.lastIndexOf("_");
  return at < 0 ? [unit, ""] : [unit.slice(0, at), unit.slice(at + 1)];
}

/** What a scan's file is called until it is whole: a run that goes on removes what one that was killed left. */
export function temporaryName(output: string): string {
  return `.${nodeModule("node:path").basename(output)}.part`;
}
