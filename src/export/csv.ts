import type { Cakes } from "../cake/cakes.js";
import { writeAtomic } from "../host/write-atomic.js";
import type { Integrate1dResult, Integrate2dResult } from "../integrate/result.js";

/**
 * The text of a table as spreadsheets and pandas read it: commas, one line of names, `nan` as an
 * empty cell. Of a profile: bin centre, intensity and, where there is one, standard error. Of a 2D
 * result and of cakes: bin centre, then one column for each azimuth or cake, then the standard errors.
 */
export function formatCsv(result: Integrate1dResult | Integrate2dResult | Cakes): string {
  const { names, columns } = tableOf(result);
  const lines = [names.map(quoted).join(",")];
  for (const row of result.radial.keys()) {
    lines.push(columns.map((column) => cell(column[row]!)).join(","));
  }
  return `${lines.join("\n")}\n`;
}

/**
 * Writes a result as a table; see `formatCsv`. Throws an OutputError where it cannot be written.
 *
 * @example await writeCsv("profile.csv", await ai.integrate1d(image, 1000));
 */
export async function writeCsv(
  path: string,
  result: Integrate1dResult | Integrate2dResult | Cakes,
): Promise<void> {
  await writeAtomic(path, formatCsv(result));
}

interface Table {
  readonly names: readonly string[];
  readonly columns: readonly Float64Array[];
}

function tableOf(result: Integrate1dResult | Integrate2dResult | Cakes): Table {
  const { radial, unit } = result;
  if ("centers" in result) {
    const { centers, intensity, sigma = [] } = result;
    const name = (kind: string) => centers.map((_, i) => `${kind} ${i + 1}`);
    return {
      names: [unit, ...name("cake"), ...(sigma.length > 0 ? name("sigma") : [])],
      columns: [radial, ...intensity, ...sigma],
    };
  }
  const { intensity, sigma } = result;
  if (!("azimuthal" in result)) {
    return {
      names: [unit, "intensity", ...(sigma === undefined ? [] : ["sigma"])],
      columns: [radial, intensity, ...(sigma === undefined ? [] : [sigma])],
    };
  }
  const rows = (values: Float64Array): Float64Array[] =>
    Array.from(result.azimuthal, (_, i) =>
      values.subarray(i * radial.length, (i + 1) * radial.length),
    );
  const name = (kind: string) => Array.from(result.azimuthal, (chi) => `${kind} at ${chi}°`);
  return {
    names: [unit, ...name("intensity"), ...(sigma === undefined ? [] : name("sigma"))],
    columns: [radial, ...rows(intensity), ...(sigma === undefined ? [] : rows(sigma))],
  };
}

function cell(value: number): string {
  return Number.isNaN(value) ? "" : `${value}`;
}

function quoted(name: string): string {
  return /[",\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}
