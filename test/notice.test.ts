import { afterEach, describe, expect, it, vi } from "vitest";
import { reportNotice, setNoticeHook } from "../src/notice.js";

describe("a notice", () => {
  afterEach(() => {
    setNoticeHook(undefined);
    vi.restoreAllMocks();
  });

  it("is told once, and again to who listens next", () => {
    const [first, second]: [string[], string[]] = [[], []];
    setNoticeHook((text) => first.push(text));
    for (const text of ["a", "b", "a"]) reportNotice(text);
    const hook = setNoticeHook((text) => second.push(text));
    reportNotice("a");
    hook?.("c");
    expect(first).toEqual(["a", "b", "c"]);
    expect(second).toEqual(["a"]);
  });

  it("is a warning of Node's where nobody listens", () => {
    const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => undefined);
    setNoticeHook(undefined);
    reportNotice("no GPU");
    expect(warn.mock.calls).toEqual([["no GPU", "CakelabWarning"]]);
  });
});
