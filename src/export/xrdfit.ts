import type { Cakes } from "../cake/cakes.js";
import { OptionError } from "../errors.js";
import { writeTogether } from "../host/write-atomic.js";
import { putCell } from "./cell.js";
import { fixedSize } from "./fixed.js";
import { explicitJson, sidePath } from "./side-file.js";

const WIDTH = 12;
const DECIMALS = 8;
const TAB = 9;
const NEWLINE = 10;

/** Options of `formatXrdfit` and `writeXrdfit`. */
export interface XrdfitOptions {
  /** Value of bins that no pixel reaches: xrdfit cannot fit through a NaN. Default 0. */
  readonly empty?: number;
}

/** What xrdfit's `FitSpectrum(...)` must be given to read a file of cakes. */
interface FitSpectrumArguments {
  readonly file_path: string;
  readonly first_cake_angle: number;
  readonly delimiter: "\t";
  readonly cake_order: "clockwise" | "anticlockwise";
}

/**
 * The bytes of xrdfit's `.dat`: one line for each bin, its centre and then one column for each cake,
 * `%12.8f` separated by tabs, without a header and without a tab at the end of a line (pandas would
 * make a column, and xrdfit a cake, of it).
 *
 * @throws OptionError where the columns differ in length or a value cannot be written as digits.
 */
export function formatXrdfit(cakes: Cakes, options: XrdfitOptions = {}): Uint8Array {
  const empty = emptyValue(options);
  const columns = [cakes.radial, ...cakes.intensity];
  check(cakes);
  const rows = cakes.radial.length;
  const reserve = columns.length * fixedSize(WIDTH, DECIMALS);
  let buffer = new Uint8Array(rows * columns.length * (WIDTH + 1) + reserve);
  let view = new DataView(buffer.buffer);
  let offset = 0;
  for (let row = 0; row < rows; row++) {
    if (buffer.length - offset < reserve) {
      const larger = new Uint8Array(2 * buffer.length + reserve);
      larger.set(buffer);
      buffer = larger;
      view = new DataView(buffer.buffer);
    }
    for (let column = 0; column < columns.length; column++) {
      let value = columns[column]![row]!;
      if (!(Math.abs(value) < Infinity)) {
        value = withoutDigits(value, column, row, empty);
      }
      offset = putCell(buffer, view, offset, value);
      buffer[offset++] = TAB;
    }
    buffer[offset - 1] = NEWLINE;
  }
  return buffer.subarray(0, offset);
}

/**
 * Writes cakes as xrdfit reads them, and `<name>.json` beside it: how to load the file in xrdfit, the
 * direction of every column, the calibration, the options and the versions. Both files or none.
 *
 * xrdfit's `FitExperiment` only reads clockwise cakes, `FitSpectrum` both orders.
 *
 * @example
 * await writeXrdfit("caking/pixium_03150.dat", await cake(image, ai, { cakes: 36 }));
 *
 * @throws OutputError where a file cannot be written; OptionError as `formatXrdfit`.
 */
export async function writeXrdfit(
  path: string,
  cakes: Cakes,
  options: XrdfitOptions = {},
): Promise<void> {
  await writeTogether([
    { path: sidePath(path), data: formatXrdfitSide(path, cakes, options) },
    { path, data: formatXrdfit(cakes, options) },
  ]);
}

/** The text of the side file of xrdfit's `.dat` at `path`. */
export function formatXrdfitSide(path: string, cakes: Cakes, options: XrdfitOptions = {}): string {
  const { software, geometry, detector, ...applied } = cakes.provenance;
  const file = path.split(/[/\\]/).at(-1) ?? path;
  const load = fitSpectrumArguments(file, cakes);
  const side = {
    format: "CakeLab cakes for xrdfit",
    version: 1,
    file,
    fitSpectrum: load,
    python: pythonCall(load),
    columns: [
      { column: 1, quantity: cakes.unit },
      ...cakes.centers.map((direction, index) => ({
        column: index + 2,
        cake: index + 1,
        direction,
        emptyBins: countNaN(cakes.intensity[index]!),
      })),
    ],
    directions: "degrees clockwise from North (up in the image, first row at the top)",
    emptyValue: emptyValue(options),
    calibration: { ...geometry, detector },
    options: applied,
    versions: { software },
  };
  return `${explicitJson(side, 2)}\n`;
}

/** The arguments with which xrdfit's `FitSpectrum` reads these cakes. */
function fitSpectrumArguments(path: string, cakes: Cakes): FitSpectrumArguments {
  return {
    file_path: path,
    first_cake_angle: cakes.firstCakeAngle,
    delimiter: "\t",
    cake_order: cakes.order,
  };
}

function pythonCall(load: FitSpectrumArguments): string {
  // JSON's strings are Python's too.
  return `FitSpectrum(${JSON.stringify(load.file_path)}, first_cake_angle=${load.first_cake_angle}, delimiter="\\t", cake_order="${load.cake_order}")`;
}

function emptyValue({ empty = 0 }: XrdfitOptions): number {
  if (!Number.isFinite(empty)) {
    throw new OptionError(
      "empty",
      empty,
      `${empty} cannot be the value of empty bins, because xrdfit cannot read it; give a number such as 0`,
    );
  }
  return empty;
}

function check(cakes: Cakes): void {
  for (const [index, intensity] of cakes.intensity.entries()) {
    if (intensity.length !== cakes.radial.length) {
      throw new OptionError(
        "cakes",
        intensity.length,
        `cake ${index + 1} has ${intensity.length} values for ${cakes.radial.length} bins; give every cake one value for each bin`,
      );
    }
  }
}

function withoutDigits(value: number, column: number, row: number, empty: number): number {
  if (column > 0 && Number.isNaN(value)) {
    return empty;
  }
  throw new OptionError(
    "cakes",
    value,
    column === 0
      ? `the centre of bin ${row} is ${value}; give finite bin centres`
      : `cake ${column} is infinite in bin ${row}; mask the pixels that cause it`,
  );
}

function countNaN(values: Float64Array): number {
  let count = 0;
  for (const value of values) {
    if (Number.isNaN(value)) {
      count++;
    }
  }
  return count;
}
