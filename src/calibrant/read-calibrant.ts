import { FileAccessError, FileFormatError } from "../errors.js";
import { nodeModule } from "../host/node.js";
import type { Calibrant } from "./calibrants.js";
import type { RuleName } from "./reflection-rule.js";

/**
 * A calibrant of one's own from a file: pyFAI's and Dioptas' list of spacings (`.D`), or the cell of a
 * CIF, whose lattice centring tells which reflections there are.
 *
 * @throws FileAccessError for a file that cannot be read; FileFormatError for one without spacings or
 * a whole cell.
 */
export async function readCalibrant(path: string): Promise<Calibrant> {
  const { readFile } = nodeModule("node:fs/promises");
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new FileAccessError(path, "this calibrant cannot be read; check the path", { cause });
  });
  return /\.cif$/i.test(path) ? parseCif(text, path) : parseSpacings(text, path);
}

/** A list of spacings in ångströms, one in a line, with comments after `#`. */
export function parseSpacings(text: string, path: string): Calibrant {
  const spacings: number[] = [];
  const notes = new Map<string, string>();
  text.split(/\r\n|\r|\n/).forEach((line, index) => {
    const [before = "", comment = ""] = line.split("#", 2);
    const note = /^\s*(\w+):\s*(.+)$/.exec(comment);
    if (note !== null && before.trim() === "") notes.set(note[1]!.toLowerCase(), note[2]!.trim());
    const word = before.trim().split(/[\s,;]+/)[0] ?? "";
    if (word === "") return;
    const d = Number(word);
    if (!(d > 0 && d < 1e4)) {
      throw new FileFormatError(path, `line ${index + 1}: "${word}" is no spacing in ångströms`);
    }
    spacings.push(d);
  });
  if (spacings.length === 0) throw new FileFormatError(path, "it lists no spacings");
  const name = stem(path);
  return {
    name,
    material: notes.get("calibrant") ?? name,
    source: notes.get("ref") ?? path,
    spacings: spacings.sort((a, b) => b - a),
  };
}

const CENTRINGS: readonly string[] = ["P", "I", "F", "A", "B", "C", "R"];

/** The cell of a CIF. */
export function parseCif(text: string, path: string): Calibrant {
  const number = (key: string): number | undefined => {
    const found = new RegExp(`^_cell_${key}\\s+(\\S+)`, "im").exec(text)?.[1];
    // "5.4112(3)": the digits in brackets are the standard error.
    return found === undefined ? undefined : Number(found.replace(/\(.*$/, ""));
  };
  const edge = (key: string): number => {
    const value = number(`length_${key}`);
    if (value !== undefined && value > 0) return value;
    throw new FileFormatError(path, `the entry _cell_length_${key} is missing or no length`);
  };
  const angle = (key: string): number => number(`angle_${key}`) ?? 90;
  const symbol = /^_(?:symmetry_)?space_group_name_H-M(?:_alt)?\s+['"]?\s*([A-Z])/im.exec(
    text,
  )?.[1];
  const rule = CENTRINGS.find((centring) => centring === symbol) ?? "P";
  const name = /^data_(\S+)/m.exec(text)?.[1] ?? stem(path);
  return {
    name,
    material: name,
    source: path,
    lattice: {
      a: edge("a"),
      b: edge("b"),
      c: edge("c"),
      alpha: angle("alpha"),
      beta: angle("beta"),
      gamma: angle("gamma"),
      rule: rule as RuleName,
    },
  };
}

function stem(path: string): string {
  return path.replace(/^.*[/\\]/, "").replace(/\.[^.]*$/, "");
}
