import { createServer } from "node:net";
import fc from "fast-check";
import { expect, it, onTestFinished } from "vitest";
import { readInto } from "../../../src/stream/midas-socket/read-into.js";
import { client, until } from "../stream-support.js";

it.each([
  ["by the connection's handle", true],
  ["where there is none", false],
])("every byte comes into the memory that is asked for, with pauses: %s", async (_, own) => {
  const [bytes] = fc.sample(fc.uint8Array({ minLength: 300_000, maxLength: 300_000 }), {
    seed: 8,
    numRuns: 1,
  });
  const got = new Uint8Array(bytes!.length + 1);
  let at = 0;
  let pauses = 0;
  let ended = false;
  const server = createServer({ pauseOnConnect: true, allowHalfOpen: true }, (accepted) => {
    const inflow = readInto(
      accepted,
      {
        // Never more than what is left of a piece of 1000 bytes.
        target: () => got.subarray(at, Math.min(at + 1000 - (at % 1000), got.length)),
        filled(count) {
          at += count;
          if (at % 1000 !== 0) return true;
          pauses++;
          setImmediate(() => inflow.resume());
          return false;
        },
      },
      own,
    );
    inflow.onEnd(() => {
      ended = true;
      inflow.socket.destroy();
    });
  });
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const socket = await client((server.address() as { port: number }).port);
  socket.end(bytes!);
  await until(() => ended);
  expect(at).toBe(bytes!.length);
  expect(got.subarray(0, at)).toEqual(bytes);
  expect(pauses).toBe(300);
});
