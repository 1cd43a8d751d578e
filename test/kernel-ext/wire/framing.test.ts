import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeFrames, encodeFrames, MOST_BYTES } from "../../../kernel-ext/wire/framing.js";
import { ReplayGuard } from "../../../kernel-ext/wire/replay-guard.js";
import { createSigner } from "../../../kernel-ext/wire/signature.js";

const signer = createSigner("hmac-sha256", "secret");
const header = JSON.stringify({ msg_id: "1", msg_type: "comm_msg" });
const outgoing = { header, parentHeader: "{}", metadata: "{}", content: '{"ü":1}', buffers: [] };

const frames = (changes: Partial<Record<keyof typeof outgoing, unknown>> = {}, from = signer) =>
  encodeFrames([Buffer.from("client")], { ...outgoing, ...changes } as typeof outgoing, from).map(
    (frame) => Buffer.from(frame),
  );
const decode = (given: Buffer[], replays = new ReplayGuard()) =>
  decodeFrames(given, signer, replays);

describe("decodeFrames", () => {
  it("reads what encodeFrames writes, bytes included", () => {
    const bytes = fc.uint8Array({ maxLength: 300 });
    fc.assert(
      fc.property(fc.array(bytes), fc.array(bytes), fc.jsonValue(), (names, buffers, value) => {
        const identities = names.filter((name) => Buffer.from(name).toString() !== "<IDS|MSG>");
        const content = JSON.stringify({ value });
        const sent = encodeFrames(identities, { ...outgoing, content, buffers }, signer);
        const received = decode(sent.map((frame) => Buffer.from(frame)));
        expect(received.identities.map((name) => [...name])).toEqual(identities.map((n) => [...n]));
        expect(received.message.content).toEqual(JSON.parse(content));
        expect(received.message.buffers.map((b) => [...b])).toEqual(buffers.map((b) => [...b]));
      }),
      { seed: 5, numRuns: 100 },
    );
  });

  it("gives each buffer memory of its own", () => {
    const { message } = decode(frames({ buffers: [new Uint8Array([1]), new Uint8Array([2])] }));
    expect(message.buffers.map((buffer) => buffer.buffer.byteLength)).toEqual([1, 1]);
  });

  it.each([
    ["no delimiter", frames().slice(2), "the delimiter"],
    ["nothing", [], "the delimiter"],
    ["too few frames", frames().slice(0, 6), "too few"],
    ["another key", frames({}, createSigner("hmac-sha256", "other")), "signature"],
    ["another content", [...frames().slice(0, -1), Buffer.from('{"ü":2}')], "signature"],
    ["no signature", frames({}, createSigner("hmac-sha256", "")), "signature"],
    ["no JSON", frames({ content: "{" }), "not JSON"],
    ["no object", frames({ metadata: "[]" }), "not a JSON object"],
    ["null", frames({ parentHeader: "null" }), "not a JSON object"],
    ["no type", frames({ header: '{"msg_id":"1"}' }), "msg_type"],
  ])("drops %s", (_, given, reason) => {
    expect(() => decode(given)).toThrow(reason);
  });

  it("drops what is too large before it looks at it", () => {
    const large = [...frames().slice(0, -1), Buffer.alloc(MOST_BYTES)];
    expect(() => decode(large)).toThrow("more than");
  });

  it("drops a message that it has seen", () => {
    const replays = new ReplayGuard();
    decode(frames(), replays);
    expect(() => decode(frames(), replays)).toThrow("before");
  });

  it("takes anything where there is no key", () => {
    const open = createSigner("hmac-sha256", "");
    const given = frames({}, open);
    expect(given[2]).toHaveLength(0);
    const replays = new ReplayGuard();
    decodeFrames(given, open, replays);
    expect(decodeFrames(given, open, replays).message.header.msg_id).toBe("1");
  });
});
