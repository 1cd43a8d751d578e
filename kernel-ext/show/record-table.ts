import { isPlainObject } from "../comm/buffers.js";
import { escapeHtml } from "./html.js";

const MOST_ROWS = 60;
const MOST_COLUMNS = 30;

type Cell = string | number | boolean | bigint | null | undefined | Date;

/** Records whose fields are single values. */
export type Records = readonly Readonly<Record<string, Cell>>[];

/** Tells a list of two or more records with the same kind of fields, which reads best as a table. */
export function isRecords(value: unknown): value is Records {
  if (!Array.isArray(value) || value.length < 2 || !value.every(isPlainObject)) return false;
  const names = Object.keys(value[0] as object);
  return (
    names.length > 0 &&
    names.length <= MOST_COLUMNS &&
    value.every((record: Record<string, unknown>) => {
      const own = Object.keys(record);
      return own.length > 0 && own.every((name) => isCell(record[name]));
    })
  );
}

/** Records as an HTML table; of many, the first and the last. */
export function recordTable(records: Records): string {
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))];
  const row = (record: Records[number], i: number): string => {
    const cells = names.map((name) => cell(record[name]));
    return `<tr><th>${i}</th>${cells.join("")}</tr>`;
  };
  const half = MOST_ROWS / 2;
  const rows =
    records.length <= MOST_ROWS
      ? records.map(row)
      : [
          ...records.slice(0, half).map(row),
          `<tr><th>⋮</th>${names.map(() => "<td>⋮</td>").join("")}</tr>`,
          ...records.slice(-half).map((record, i) => row(record, records.length - half + i)),
        ];
  const head = names.map((name) => `<th>${escapeHtml(name)}</th>`).join("");
  const count = `<p>${records.length} rows × ${names.length} columns</p>`;
  return `<table><thead><tr><th></th>${head}</tr></thead><tbody>${rows.join("")}</tbody></table>${count}`;
}

function isCell(value: unknown): boolean {
  return value === null || typeof value !== "object" || value instanceof Date
    ? typeof value !== "function" && typeof value !== "symbol"
    : false;
}

function cell(value: Cell): string {
  const text = value instanceof Date ? value.toISOString() : String(value ?? "");
  const side = typeof value === "number" || typeof value === "bigint" ? "right" : "left";
  return `<td style="text-align:${side}">${escapeHtml(text)}</td>`;
}
