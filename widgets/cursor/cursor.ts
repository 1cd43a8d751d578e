/** Where the pointer is in a diffraction pattern; angles in radians, directions in degrees. */
export interface Cursor {
  readonly twoTheta: number;
  /** pyFAI's azimuth χ, degrees. */
  readonly chi?: number;
  /** Degrees clockwise from North in the displayed image. */
  readonly direction?: number;
}

interface CursorMove {
  /** Views of one group share their cursors. */
  readonly group: unknown;
  readonly source: unknown;
  readonly cursor: Cursor | undefined;
}

const EVENT = "cakelab-cursor";

/** One view's part in the cursor that the views of a notebook share. */
export interface CursorLink {
  /** Tells the other views where the pointer is; without a cursor, that it has left. */
  tell(cursor: Cursor | undefined): void;
  end(): void;
}

/** Shares a cursor with the other views of a group; `hear` is called with theirs. */
export function linkCursor(group: unknown, hear: (cursor: Cursor | undefined) => void): CursorLink {
  const source = {};
  const listener = (event: Event): void => {
    const move = (event as CustomEvent<CursorMove>).detail;
    if (move.group === group && move.source !== source) hear(move.cursor);
  };
  document.addEventListener(EVENT, listener);
  return {
    tell: (cursor) => {
      const detail: CursorMove = { group, source, cursor };
      document.dispatchEvent(new CustomEvent(EVENT, { detail }));
    },
    end: () => document.removeEventListener(EVENT, listener),
  };
}
