/** One cell that was run, and the text of its result. */
interface Line {
  number: number;
  input: string;
  output: string | null;
}

/** The content of a `history_request`. */
export interface HistoryRequest {
  hist_access_type?: "range" | "tail" | "search";
  output?: boolean;
  session?: number;
  start?: number;
  stop?: number | null;
  n?: number;
  pattern?: string;
  unique?: boolean;
}

/** Session, line, and the input or the pair of input and output. */
export type HistoryEntry = [number, number, string | [string, string | null]];

/** The one session that is kept; there is no earlier one. */
const SESSION = 1;

/** The cells that this kernel has run, as long as it lives. */
export class History {
  readonly #lines: Line[] = [];

  /** Adds a cell; `output` is the plain text of its result. */
  add(number: number, input: string, output: string | null): void {
    this.#lines.push({ number, input, output });
  }

  /** What a request asks for, oldest first. */
  find(request: HistoryRequest): HistoryEntry[] {
    const lines = this.#select(request);
    return lines.map(({ number, input, output }) => [
      SESSION,
      number,
      request.output === true ? [input, output] : input,
    ]);
  }

  #select({ hist_access_type, session = 0, ...request }: HistoryRequest): Line[] {
    if (hist_access_type === "range") {
      // 0 is the current session, and so is its own number.
      if (session !== 0 && session !== SESSION) return [];
      const { start = 1, stop } = request;
      return this.#lines.filter(({ number }) => number >= start && (stop == null || number < stop));
    }
    const found = hist_access_type === "search" ? this.#search(request) : this.#lines;
    return request.n === undefined ? found : found.slice(Math.max(0, found.length - request.n));
  }

  #search({ pattern = "*", unique }: HistoryRequest): Line[] {
    const matches = globPattern(pattern);
    const found = this.#lines.filter(({ input }) => matches.test(input));
    if (unique !== true) return found;
    const latest = new Map(found.map((line) => [line.input, line]));
    return found.filter((line) => latest.get(line.input) === line);
  }
}

/** `*` is any text, `?` any character, as in SQLite's GLOB, which IPython searches with. */
function globPattern(glob: string): RegExp {
  const escaped = glob.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", "[^]*").replaceAll("?", "[^]")}$`, "u");
}
