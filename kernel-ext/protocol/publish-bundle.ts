import { metadataOf } from "../bundle-metadata.js";
import { stillOf } from "../bundle-still.js";
import type { MimeBundle } from "../mime-bundle.js";
import type { KernelSession, PublishOptions } from "./session.js";

/** Publishes a bundle as a message of some type, after the still that goes with it. */
export function publishBundle(
  session: Pick<KernelSession, "publish">,
  type: "display_data" | "update_display_data" | "execute_result",
  data: MimeBundle,
  more: Record<string, unknown>,
  options: PublishOptions = {},
): void {
  const still = stillOf(data);
  if (still !== undefined && type !== "update_display_data") {
    const transient = { display_id: still.displayId };
    publishBundle(session, "display_data", still.bundle, { transient }, options);
  }
  session.publish(type, { data, metadata: metadataOf(data), ...more }, options);
}
