import type { Image } from "../../src/array.js";
import type { Detector } from "../../src/detector/detector.js";
import { EngineError } from "../../src/errors.js";
import { checkImage } from "../../src/integrate/check-image.js";
import type { Integrate2dResult } from "../../src/integrate/result.js";
import { exactCakes } from "./exact-cakes.js";
import type { ImageOptions } from "./live-image.js";
import type { LiveSettings, QuickCake } from "./live-settings.js";
import { quickCakes } from "./quick-cakes.js";
import { LIVE_MODES, type LiveMode } from "./summing.js";

export interface LiveEngineOptions {
  readonly image: Image;
  readonly detector: Detector;
  /** Images and dummies of `integrate2d`. */
  readonly options?: ImageOptions;
  /** Modes that may be used. Default: the fastest of all, measured with the first frame. */
  readonly modes?: readonly LiveMode[];
}

/** Cakes one image again and again, in a page, while its geometry is dragged. */
export interface LiveEngine {
  readonly mode: LiveMode;
  /**
   * A cake for while something is dragged: exact to a few parts in a thousand. No table of bins is
   * built, so a new geometry costs no more than the last one.
   *
   * @throws OptionError; EngineError after `close`.
   */
  quick(settings: LiveSettings): Promise<QuickCake>;
  /**
   * The cake that `integrate2d` gives, for when everything is at rest; computed in a worker. A newer
   * call stops the one before, which rejects with an AbortError.
   */
  exact(
    settings: LiveSettings,
    options?: { readonly signal?: AbortSignal },
  ): Promise<Integrate2dResult>;
  /** Masks other pixels from now on: non-zero = masked. */
  setMask(mask: Image | undefined): Promise<void>;
  /** Ends workers and gives the GPU back. */
  close(): void;
}

/**
 * Makes ready to cake an image in this page.
 *
 * @throws OptionError, ShapeError for images that do not fit; EngineError where no mode works here.
 */
export async function createLiveEngine({
  image,
  detector,
  options = {},
  modes = LIVE_MODES,
}: LiveEngineOptions): Promise<LiveEngine> {
  checkImage("image", image, image.shape);
  const cakes = exactCakes(image, detector, options);
  const quick = await quickCakes(image, detector, options, modes).catch((error: unknown) => {
    cakes.close();
    throw error;
  });
  let isClosed = false;
  const checkOpen = (): void => {
    if (isClosed) throw new EngineError("live", "this engine was closed; make another one");
  };
  return {
    get mode() {
      return quick.mode;
    },
    quick: async (settings) => {
      checkOpen();
      return quick.cake(settings);
    },
    exact: async (settings, { signal } = {}) => {
      checkOpen();
      return cakes.cake(settings, signal);
    },
    setMask: async (mask) => {
      checkOpen();
      const { mask: _replaced, ...others } = options;
      const changed = mask === undefined ? others : { ...others, mask };
      await quick.setMask(changed);
      cakes.setImage(image, changed);
    },
    close: () => {
      isClosed = true;
      quick.close();
      cakes.close();
    },
  };
}
