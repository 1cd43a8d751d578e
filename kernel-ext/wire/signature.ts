import { createHmac, timingSafeEqual } from "node:crypto";

/** Signs messages, and tells whether a signature is right. */
export interface Signer {
  /** The signature of a message's JSON parts, as hexadecimal text; empty without a key. */
  sign(parts: readonly Uint8Array[]): string;
  /** Takes the same time wherever a wrong signature differs. */
  verify(parts: readonly Uint8Array[], signature: Uint8Array): boolean;
}

/** @param scheme such as `hmac-sha256`; @param key empty: nothing is signed and everything accepted. */
export function createSigner(scheme: string, key: string): Signer {
  const algorithm = scheme.replace(/^hmac-/, "");
  const sign = (parts: readonly Uint8Array[]): string => {
    if (key === "") return "";
    const hmac = createHmac(algorithm, key);
    for (const part of parts) hmac.update(part);
    return hmac.digest("hex");
  };
  return {
    sign,
    verify(parts, signature) {
      if (key === "") return true;
      const expected = Buffer.from(sign(parts));
      return expected.length === signature.length && timingSafeEqual(expected, signature);
    },
  };
}
