import { describe, expect, it } from "vitest";
import { History, type HistoryRequest } from "../../../kernel-ext/protocol/history.js";

const history = new History();
const cells = ["const a = 1", "a + 1", "f(*)", "a + 1", "[a]"];
cells.forEach((input, i) => {
  history.add(i + 1, input, i === 1 ? "2" : null);
});
const numbers = (request: HistoryRequest): number[] =>
  history.find(request).map(([, number]) => number);

describe("History", () => {
  it.each<[HistoryRequest, number[]]>([
    [{ hist_access_type: "tail", n: 2 }, [4, 5]],
    [{ hist_access_type: "tail", n: 99 }, [1, 2, 3, 4, 5]],
    [{ hist_access_type: "tail", n: 0 }, []],
    [{ hist_access_type: "range", start: 2, stop: 4 }, [2, 3]],
    [{ hist_access_type: "range", session: 1, start: 4 }, [4, 5]],
    [{ hist_access_type: "range", session: 0, start: 4, stop: null }, [4, 5]],
    [{ hist_access_type: "range", session: -1 }, []],
    [{ hist_access_type: "search", pattern: "a*" }, [2, 4]],
    [{ hist_access_type: "search", pattern: "*a*", n: 2 }, [4, 5]],
    [{ hist_access_type: "search", pattern: "a + ?", unique: true }, [4]],
    [{ hist_access_type: "search", pattern: "[a]" }, [5]],
    [{ hist_access_type: "search", pattern: "a" }, []],
  ])("%j finds %j", (request, expected) => {
    expect(numbers(request)).toEqual(expected);
  });

  it("gives inputs, or pairs with outputs", () => {
    const request = { hist_access_type: "range", start: 1, stop: 3 } as const;
    expect(history.find(request)).toEqual([
      [1, 1, "const a = 1"],
      [1, 2, "a + 1"],
    ]);
    expect(history.find({ ...request, output: true })).toEqual([
      [1, 1, ["const a = 1", null]],
      [1, 2, ["a + 1", "2"]],
    ]);
  });
});
