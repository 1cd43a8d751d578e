import type { CellExecutor } from "../compile/cell-executor.js";
import { toCodePoints, toUnits } from "./code-points.js";
import type { History, HistoryRequest } from "./history.js";
import type { Content } from "./messages.js";
import type { KernelSession } from "./session.js";

/** Makes the content of a reply from that of a request. */
export type Handler = (content: Content) => Content | Promise<Content>;

/** The requests, besides those to run cells, that the main thread answers. */
export function shellRequests({
  executor,
  history,
  session,
}: {
  executor: CellExecutor;
  history: History;
  session: KernelSession;
}): Record<string, Handler> {
  return {
    async complete_request(content) {
      const { code, cursor } = codeAtCursor(content);
      const { start, end, matches } = await executor.complete(code, cursor);
      return {
        status: "ok",
        matches,
        cursor_start: toCodePoints(code, start),
        cursor_end: toCodePoints(code, end),
        metadata: {},
      };
    },

    async inspect_request(content) {
      const { code, cursor } = codeAtCursor(content);
      const found = await executor.inspect(code, cursor, content.detail_level === 1 ? 1 : 0);
      const data = found?.data ?? {};
      return { status: "ok", found: found !== undefined, data, metadata: {} };
    },

    is_complete_request: async ({ code }) => ({ ...(await executor.isComplete(String(code))) }),

    history_request: (content) => ({
      status: "ok",
      history: history.find(content as HistoryRequest),
    }),

    comm_info_request({ target_name }) {
      const target = typeof target_name === "string" ? target_name : undefined;
      return { status: "ok", comms: session.comms.info(target) };
    },
  };
}

function codeAtCursor({ code, cursor_pos }: Content): { code: string; cursor: number } {
  const text = String(code ?? "");
  const cursor = typeof cursor_pos === "number" ? toUnits(text, cursor_pos) : text.length;
  return { code: text, cursor };
}
