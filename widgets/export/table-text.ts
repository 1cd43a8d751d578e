/** A column of a table with its heading. */
export interface Column {
  readonly name: string;
  readonly values: ArrayLike<number>;
}

/** Columns as comma-separated values, headings first; commas and quotes of headings are quoted. */
export function csvText(columns: readonly Column[]): string {
  const heading = columns.map(({ name }) =>
    /[",\n]/.test(name) ? `"${name.replace(/"/g, '""')}"` : name,
  );
  return rows(columns, ",", `${heading.join(",")}\n`);
}

/** Columns separated by tabs, as xrdfit reads them; headings in a comment. */
export function datText(columns: readonly Column[]): string {
  const heading = columns.map(({ name }) => name.replace(/\s+/g, " ")).join("\t");
  return rows(columns, "\t", `# ${heading}\n`);
}

function rows(columns: readonly Column[], separator: string, heading: string): string {
  const lines: string[] = [];
  const count = columns.reduce((most, { values }) => Math.max(most, values.length), 0);
  for (let i = 0; i < count; i++) {
    // Columns may be of different lengths: what is missing is NaN, which all readers know.
    lines.push(columns.map(({ values }) => String(values[i] ?? Number.NaN)).join(separator));
  }
  return `${heading}${lines.join("\n")}\n`;
}
