import { expect, it } from "vitest";
import { SendQueue } from "../../../kernel-ext/wire/send-queue.js";

it("a SendQueue sends one message at a time, in order, and goes on after a failure", async () => {
  const sent: number[] = [];
  let busy = false;
  const socket = {
    async send([frame]: Uint8Array[]): Promise<void> {
      expect(busy).toBe(false);
      busy = true;
      await new Promise((resolve) => setTimeout(resolve, 2));
      busy = false;
      if (frame![0] === 2) throw new Error("no peer");
      sent.push(frame![0]!);
    },
  };
  const errors: unknown[] = [];
  const queue = new SendQueue(socket, (error) => errors.push(error));
  for (const number of [1, 2, 3]) queue.push([new Uint8Array([number])]);
  await queue.drained();
  expect(sent).toEqual([1, 3]);
  expect(errors).toEqual([new Error("no peer")]);
});
