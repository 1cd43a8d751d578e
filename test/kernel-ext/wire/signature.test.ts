import { describe, expect, it } from "vitest";
import { ReplayGuard } from "../../../kernel-ext/wire/replay-guard.js";
import { createSigner } from "../../../kernel-ext/wire/signature.js";

describe("createSigner", () => {
  const signer = createSigner("hmac-sha256", "key");
  const parts = ["The quick brown fox ", "jumps over the lazy dog"].map((text) =>
    Buffer.from(text),
  );
  // From Python's hmac.
  const expected = "f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8";

  it("signs with HMAC, over all parts", () => {
    expect(signer.sign(parts)).toBe(expected);
  });

  it("takes that signature and no other", () => {
    expect(signer.verify(parts, Buffer.from(expected))).toBe(true);
    for (const wrong of ["", expected.slice(1), `${expected}0`, expected.replace("f7", "f8")]) {
      expect(signer.verify(parts, Buffer.from(wrong))).toBe(false);
    }
  });
});

describe("ReplayGuard", () => {
  it("admits each signature once, as far back as it remembers", () => {
    const guard = new ReplayGuard(2);
    expect(["a", "b", "a", "c", "b", "a"].map((text) => guard.admit(text))).toEqual([
      true,
      true,
      false,
      true,
      false,
      true,
    ]);
  });
});
