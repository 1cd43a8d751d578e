import { FileFormatError, OptionError } from "../errors.js";

/** How a detector is put together from equal panels, in pixels. */
export interface MidasPanelLayout {
  readonly NPanelsY: number;
  readonly NPanelsZ: number;
  readonly PanelSizeY: number;
  readonly PanelSizeZ: number;
  /** Between neighbouring panels: one less than there are panels. */
  readonly PanelGapsY: readonly number[];
  readonly PanelGapsZ: readonly number[];
}

/** How a panel lies differently from the whole detector. */
export interface MidasPanelShift {
  /** Pixels. */
  readonly dY: number;
  readonly dZ: number;
  /** Degrees around the panel's middle. */
  readonly dTheta: number;
  /** Micrometres. */
  readonly dLsd: number;
  readonly dP2: number;
}

/** Where the pixels of a detector with shifted panels are. */
export interface MidasPanels {
  /** The panel of a pixel, −1 in a gap; counted Z by Z, then Y by Y. */
  indexAt(column: number, row: number): number;
  /** By panel. */
  readonly shifts: readonly MidasPanelShift[];
  /** The middle of each panel. */
  readonly centers: readonly (readonly [y: number, z: number])[];
}

const NO_SHIFT: MidasPanelShift = { dY: 0, dZ: 0, dTheta: 0, dLsd: 0, dP2: 0 };

/**
 * The panels of a detector; those without a shift lie where they should.
 *
 * @throws OptionError for gaps that are missing and for panels of no size.
 */
export function midasPanels(
  layout: MidasPanelLayout,
  shifts: ReadonlyMap<number, MidasPanelShift> = new Map(),
): MidasPanels {
  const ys = intervals("Y", layout.NPanelsY, layout.PanelSizeY, layout.PanelGapsY);
  const zs = intervals("Z", layout.NPanelsZ, layout.PanelSizeZ, layout.PanelGapsZ);
  const [ofColumn, ofRow] = [placeOf(ys), placeOf(zs)];
  const middle = ([first, last]: Interval): number => (first + last) / 2;
  return {
    indexAt(column, row) {
      const [y, z] = [ofColumn[column] ?? -1, ofRow[row] ?? -1];
      return y < 0 || z < 0 ? -1 : y * zs.length + z;
    },
    shifts: Array.from({ length: ys.length * zs.length }, (_, id) => shifts.get(id) ?? NO_SHIFT),
    centers: ys.flatMap((y) => zs.map((z) => [middle(y), middle(z)] as const)),
  };
}

type Interval = readonly [first: number, last: number];

function intervals(
  axis: "Y" | "Z",
  panels: number,
  size: number,
  gaps: readonly number[],
): Interval[] {
  if (!(size > 0)) {
    throw new OptionError(`PanelSize${axis}`, size, `${size} is no size; give a panel's pixels`);
  }
  if (gaps.length < panels - 1) {
    throw new OptionError(
      `PanelGaps${axis}`,
      gaps,
      `${panels} panels have ${panels - 1} gaps, and there are ${gaps.length}; give them all, 0 for none`,
    );
  }
  let first = 0;
  return Array.from({ length: panels }, (_, i) => {
    const interval = [first, first + size - 1] as const;
    first += size + (gaps[i] ?? 0);
    return interval;
  });
}

/** The number of the interval that each place is in, −1 for none. */
function placeOf(found: readonly Interval[]): Int32Array {
  const places = new Int32Array(Math.max(0, ...found.map(([, last]) => last + 1))).fill(-1);
  // Where intervals overlap the first one has it.
  for (const [i, [first, last]] of [...found.entries()].reverse()) places.fill(i, first, last + 1);
  return places;
}

/**
 * Reads a file of panel shifts: lines `ID dY dZ [dTheta [dLsd [dP2]]]`, `#` begins a comment.
 *
 * @throws FileFormatError that names the line of a bad value, or of a panel that there is not.
 */
export function parsePanelShifts(
  text: string,
  path: string,
  panels: number,
): Map<number, MidasPanelShift> {
  const shifts = new Map<number, MidasPanelShift>();
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    const words = line.replace(/#.*$/, "").trim().split(/\s+/);
    if (words[0] === "") continue;
    const numbers = words.map(Number);
    const [id = -1, dY = Number.NaN, dZ = Number.NaN, dTheta = 0, dLsd = 0, dP2 = 0] = numbers;
    if (![id, dY, dZ, dTheta, dLsd, dP2].every(Number.isFinite)) {
      throw new FileFormatError(
        path,
        `line ${index + 1} is no "ID dY dZ [dTheta [dLsd [dP2]]]"; correct it`,
      );
    }
    if (!Number.isInteger(id) || id < 0 || id >= panels) {
      throw new FileFormatError(
        path,
        `line ${index + 1} is of panel ${id}, and there are 0 to ${panels - 1}; correct it, or NPanelsY and NPanelsZ`,
      );
    }
    shifts.set(id, { dY, dZ, dTheta, dLsd, dP2 });
  }
  return shifts;
}
