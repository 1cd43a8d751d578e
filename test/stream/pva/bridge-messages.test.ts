import fc from "fast-check";
import { expect, it } from "vitest";
import { BridgeError, BridgeReader } from "../../../src/stream/pva/bridge-messages.js";
import { message } from "./fake-python.js";

it("messages come back from pieces of any size", () => {
  const one = fc.record({
    header: fc.dictionary(fc.string(), fc.integer()),
    payload: fc.uint8Array(),
  });
  const sizes = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1 });
  fc.assert(
    fc.property(fc.array(one), sizes, (sent, pieces) => {
      const bytes = Buffer.concat(sent.map(({ header, payload }) => message(header, payload)));
      const reader = new BridgeReader();
      const got = [];
      for (let at = 0, i = 0; at < bytes.length; i++) {
        const size = pieces[i % pieces.length]!;
        got.push(...reader.read(bytes.subarray(at, at + size)));
        at += size;
      }
      expect(got.map(({ header }) => header)).toEqual(
        sent.map(({ header }) => JSON.parse(JSON.stringify(header))),
      );
      expect(got.map(({ payload }) => [...payload])).toEqual(
        sent.map(({ payload }) => [...payload]),
      );
    }),
    { seed: 4, numRuns: 100 },
  );
});

it("what was changed on its way is noticed", () => {
  const bytes = message({ kind: "image", uniqueId: 1 });
  for (let at = 0; at < bytes.length; at++) {
    // A length that became larger waits for more.
    if (at >= 4 && at < 16) continue;
    const changed = Uint8Array.from(bytes);
    changed[at]! ^= 4;
    expect(() => [...new BridgeReader().read(changed)]).toThrow(BridgeError);
  }
  const huge = Uint8Array.from(bytes).fill(255, 4, 16);
  expect(() => [...new BridgeReader().read(huge)]).toThrow(BridgeError);
});
