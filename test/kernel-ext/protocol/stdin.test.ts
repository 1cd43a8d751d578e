import { describe, expect, it } from "vitest";
import type { Content } from "../../../kernel-ext/protocol/messages.js";
import { InputChannel } from "../../../kernel-ext/protocol/stdin.js";
import type { Request } from "../../../kernel-ext/wire/thread-messages.js";

const cell = (allow_stdin: boolean) =>
  ({ message: { content: { allow_stdin } } }) as unknown as Request;

function channel(allowed = true): { inputs: InputChannel; asked: Content[] } {
  const asked: Content[] = [];
  const answers = [{ value: "at once" }, { value: "" }];
  const inputs = new InputChannel(
    (_, content) => asked.push(content),
    () => answers.shift(),
  );
  inputs.attach(cell(allowed));
  return { inputs, asked };
}

const moment = () => new Promise((resolve) => setTimeout(resolve, 1));

describe("InputChannel", () => {
  it("asks one question after the other", async () => {
    const { inputs, asked } = channel();
    const answers = Promise.all([inputs.question("a"), inputs.question("b", { password: true })]);
    await moment();
    expect(asked).toEqual([{ prompt: "a", password: false }]);
    inputs.reply({ value: "1" });
    await moment();
    expect(asked[1]).toEqual({ prompt: "b", password: true });
    inputs.reply({ value: "2" });
    expect(await answers).toEqual(["1", "2"]);
  });

  it("refuses where the front end takes no input, and where no cell runs", async () => {
    await expect(channel(false).inputs.question("a")).rejects.toThrow("takes no input");
    const { inputs } = channel();
    inputs.attach(undefined);
    await expect(inputs.question("a")).rejects.toThrow("no cell runs");
  });

  it("waits for an answer where the caller cannot", () => {
    const { inputs, asked } = channel();
    expect(inputs.questionNow("a")).toBe("at once");
    expect(inputs.questionNow("b", "preset")).toBe("preset");
    expect(() => inputs.questionNow()).toThrow("interrupted");
    expect(asked.map(({ prompt }) => prompt)).toEqual(["a", "b", ""]);
    expect(() => channel(false).inputs.questionNow("a")).toThrow("takes no input");
  });

  it("ends the wait when the cell is interrupted or ends, and asks the next one anew", async () => {
    const { inputs, asked } = channel();
    const first = inputs.question("a");
    await moment();
    inputs.cancel("interrupted");
    await expect(first).rejects.toThrow("interrupted");
    const second = inputs.question("b");
    await moment();
    inputs.attach(cell(true));
    await expect(second).rejects.toThrow("ended");
    inputs.reply({ value: "too late" });
    const third = inputs.question("c");
    await moment();
    inputs.reply({ value: "3" });
    expect(await third).toBe("3");
    expect(asked.map(({ prompt }) => prompt)).toEqual(["a", "b", "c"]);
  });
});
