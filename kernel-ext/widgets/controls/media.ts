// Made by generate.mjs from schema.json, of ipywidgets 8.1.9. Do not edit.
import { domTraits } from "../dom-widget.js";
import { MediaWidget } from "../media-widget.js";
import type { TraitTable } from "../trait-spec.js";
import type { PageClass } from "../widget.js";
import type { WidgetOptions } from "../widget-types.js";

/** Displays an image as a widget. */
export class Image extends MediaWidget {
  static override readonly model: PageClass = ["@jupyter-widgets/controls", "2.0.0", "ImageModel"];
  static override readonly view: PageClass = ["@jupyter-widgets/controls", "2.0.0", "ImageView"];
  static override readonly traits: TraitTable = {
    ...domTraits,
    format: { type: "string", default: "png" },
    height: { type: "string", default: "" },
    value: { type: "bytes", default: new Uint8Array() },
    width: { type: "string", default: "" },
  };
  /** Height of the image in pixels. Use layout.height for styling the widget. */
  declare height: string;
  /** Width of the image in pixels. Use layout.width for styling the widget. */
  declare width: string;

  constructor(options?: WidgetOptions<Image>) {
    super(options);
  }
}

/** Displays a audio as a widget. */
export class Audio extends MediaWidget {
  static override readonly model: PageClass = ["@jupyter-widgets/controls", "2.0.0", "AudioModel"];
  static override readonly view: PageClass = ["@jupyter-widgets/controls", "2.0.0", "AudioView"];
  static override readonly traits: TraitTable = {
    ...domTraits,
    autoplay: { type: "boolean", default: true },
    controls: { type: "boolean", default: true },
    format: { type: "string", default: "mp3" },
    loop: { type: "boolean", default: true },
    value: { type: "bytes", default: new Uint8Array() },
  };
  /** When true, the audio starts when it's displayed. */
  declare autoplay: boolean;
  /** Specifies that audio controls should be displayed (such as a play/pause button etc) */
  declare controls: boolean;
  /** When true, the audio will start from the beginning after finishing. */
  declare loop: boolean;

  constructor(options?: WidgetOptions<Audio>) {
    super(options);
  }
}

/** Displays a video as a widget. */
export class Video extends MediaWidget {
  static override readonly model: PageClass = ["@jupyter-widgets/controls", "2.0.0", "VideoModel"];
  static override readonly view: PageClass = ["@jupyter-widgets/controls", "2.0.0", "VideoView"];
  static override readonly traits: TraitTable = {
    ...domTraits,
    autoplay: { type: "boolean", default: true },
    controls: { type: "boolean", default: true },
    format: { type: "string", default: "mp4" },
    height: { type: "string", default: "" },
    loop: { type: "boolean", default: true },
    value: { type: "bytes", default: new Uint8Array() },
    width: { type: "string", default: "" },
  };
  /** When true, the video starts when it's displayed. */
  declare autoplay: boolean;
  /** Specifies that video controls should be displayed (such as a play/pause button etc) */
  declare controls: boolean;
  /** Height of the video in pixels. */
  declare height: string;
  /** When true, the video will start from the beginning after finishing. */
  declare loop: boolean;
  /** Width of the video in pixels. */
  declare width: string;

  constructor(options?: WidgetOptions<Video>) {
    super(options);
  }
}
