import type { Image } from "../../src/array.js";
import type { DetectorData } from "../../src/detector/detector-data.js";
import type { Integrate2dResult } from "../../src/integrate/result.js";
import type { ImageOptions } from "./live-image.js";
import type { LiveSettings } from "./live-settings.js";

/** What a page tells the worker of exact cakes; an image and its corrections once. */
export type ExactRequest =
  | {
      readonly kind: "image";
      readonly image: Image;
      readonly options: ImageOptions;
      readonly detector: DetectorData;
    }
  | { readonly kind: "cake"; readonly settings: LiveSettings }
  /** Stop the one at work; not answered. */
  | { readonly kind: "stop" };

/** … and what it answers. */
export type ExactReply =
  | { readonly kind: "ready" }
  | { readonly kind: "cake"; readonly result: Integrate2dResult }
  | { readonly kind: "stopped" }
  | { readonly kind: "failed"; readonly message: string };
