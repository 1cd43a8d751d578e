/** A picture that stands still. */
export interface Figure {
  /** An SVG document. */
  readonly svg: string;
  /** The picture in words. */
  readonly description: string;
}

/** What figures of every kind take. */
export interface FigureOptions {
  readonly title?: string;
  /** Of the whole figure, in pixels. Default 640. */
  readonly width?: number;
  /** Of the plot's own area, in pixels. */
  readonly height?: number;
}
