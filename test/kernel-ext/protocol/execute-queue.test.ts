import { describe, expect, it } from "vitest";
import { ExecuteQueue } from "../../../kernel-ext/protocol/execute-queue.js";
import type { Request } from "../../../kernel-ext/wire/thread-messages.js";

function cell(code: string, receivedAt: number, sentAt = receivedAt): Request {
  const header = { date: new Date(sentAt).toISOString() };
  return { message: { header, content: { code } }, receivedAt } as unknown as Request;
}

/** What becomes of cells; the one that fails does so at time 1000. */
async function run(cells: Request[]): Promise<string[]> {
  const done: string[] = [];
  const codeOf = (request: Request): string => String(request.message.content.code);
  const queue = new ExecuteQueue(
    async (request) => {
      await null;
      done.push(codeOf(request));
      if (codeOf(request) === "break") throw new Error("the kernel's own");
      return codeOf(request) === "fail" ? 1000 : undefined;
    },
    (request) => {
      done.push(`${codeOf(request)} aborted`);
    },
  );
  await Promise.allSettled(cells.map((request) => queue.push(request)));
  return done;
}

describe("ExecuteQueue", () => {
  it("runs cells one after the other", async () => {
    expect(await run([cell("a", 1), cell("b", 2), cell("c", 3)])).toEqual(["a", "b", "c"]);
  });

  it("gives up those that were there before one failed", async () => {
    const cells = [cell("fail", 900), cell("b", 900), cell("c", 999)];
    expect(await run(cells)).toEqual(["fail", "b aborted", "c aborted"]);
  });

  it("gives up those that were on their way, and runs those sent later", async () => {
    const cells = [cell("fail", 900), cell("b", 1100, 990), cell("c", 1101, 1000)];
    expect(await run(cells)).toEqual(["fail", "b aborted", "c"]);
  });

  it("does not trust a clock that is slow for long", async () => {
    expect(await run([cell("fail", 900), cell("b", 2000, 5)])).toEqual(["fail", "b"]);
  });

  it("runs a cell whose date cannot be read", async () => {
    const odd = cell("b", 1100);
    odd.message.header.date = "yesterday";
    expect(await run([cell("fail", 900), odd])).toEqual(["fail", "b"]);
  });

  it("goes on when running one fails", async () => {
    expect(await run([cell("break", 1), cell("b", 2)])).toEqual(["break", "b"]);
  });
});
