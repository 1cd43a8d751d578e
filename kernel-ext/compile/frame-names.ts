import { SourceMap, type SourceMapPayload, type SourceMapping } from "node:module";

interface Cell {
  title: string;
  map: SourceMap | string;
  /** Of the code; what comes after them is tslab's. */
  lines: number;
}

type PrepareStackTrace = typeof Error.prepareStackTrace;

const PLACE = /(?:file:\/\/)?([^\s():]+(?::[\\/][^\s():]+)?):(\d+):(\d+)/g;

/** Names, in the stacks of errors, the cells and TypeScript files that code was compiled from. */
export class FrameNames {
  readonly #cells = new Map<string, Cell>();
  readonly #files: ReadonlyMap<string, SourceMap>;
  #others: PrepareStackTrace | undefined;

  /** @param files by path, from what runs to what was written. */
  constructor(files: ReadonlyMap<string, SourceMap>) {
    this.#files = files;
  }

  /**
   * @param title such as `Cell [3]`.
   * @returns the cell's code with a comment at the end, by which frames are known.
   */
  add(title: string, code: string, sourceMap: string): string {
    const url = `cell-${this.#cells.size + 1}`;
    this.#cells.set(url, { title, map: sourceMap, lines: code.split("\n").length });
    return `${code}\n//# sourceURL=${url}`;
  }

  /** From now on, stacks have these names. */
  install(): void {
    this.#others = Error.prepareStackTrace;
    Error.prepareStackTrace = (error, frames) => {
      const named = frames.flatMap((frame) => this.#named(String(frame)) ?? []);
      return [String(error), ...named].join("\n    at ");
    };
  }

  uninstall(): void {
    Error.prepareStackTrace = this.#others as PrepareStackTrace;
  }

  /** @returns nothing for frames of tslab's around a cell. */
  #named(frame: string): string | undefined {
    let isAround = false;
    const named = frame.replace(PLACE, (place, file: string, line: string, column: string) => {
      const cell = this.#cells.get(file);
      isAround ||= cell !== undefined && Number(line) > cell.lines;
      const map = cell === undefined ? this.#files.get(file) : mapOf(cell);
      const found = map && entryAt(map, Number(line) - 1, Number(column) - 1);
      if (found === undefined) return cell?.title ?? place;
      // In what tslab compiles, the cell's first line is the second.
      if (cell !== undefined) return `${cell.title}, line ${found.originalLine}`;
      return `${file}:${found.originalLine + 1}:${found.originalColumn + 1}`;
    });
    return isAround ? undefined : named;
  }
}

// Guards have moved columns, but never lines.
function entryAt(map: SourceMap, line: number, column: number): SourceMapping | undefined {
  const onLine = (entry: SourceMapping | object): entry is SourceMapping =>
    "originalLine" in entry && entry.generatedLine === line;
  const entries = [map.findEntry(line, column), map.findEntry(line, Number.MAX_SAFE_INTEGER)];
  return entries.find(onLine);
}

function mapOf(cell: Cell): SourceMap {
  if (typeof cell.map === "string") {
    cell.map = new SourceMap(JSON.parse(cell.map) as SourceMapPayload);
  }
  return cell.map;
}
