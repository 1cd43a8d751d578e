import type { DiffractogramRange } from "./stream/diffractogram/sector.js";
import type { ArrayHeader } from "./widget-messages.js";

/** A sector of the detector, as the diffractogram tool takes it. */
export type SectorRange = DiffractogramRange;

/** What one side has of a table that grows by rows: another generation is another table. */
export interface RowsThere {
  readonly generation: number;
  /** Rows that have been added so far, those that were dropped among them. */
  readonly count: number;
}

/** Rows of a table that grows, which go with a message. */
export interface RowsHeader extends RowsThere {
  /** The number of the first row that is sent. */
  readonly first: number;
  /** The number of the first row that is still to be kept. */
  readonly kept: number;
  readonly columns: number;
}

/** A frame as it is named to people. */
export interface FrameName {
  readonly name: string;
  readonly number: number;
  /** Seconds since 1970. */
  readonly timestamp: number;
}

/** How a source of frames is doing. */
export interface StreamStatus {
  /** Frames that came, whole or not. */
  readonly received: number;
  /** Those that were integrated. */
  readonly shown: number;
  /** Those that newer ones took the place of, or that came while the view was stopped. */
  readonly dropped: number;
  readonly bad: number;
  /** Frames a second, integrated; 0 while nothing comes. */
  readonly rate: number;
}

/** A peak of a diffractogram, measured: its height above the background, FWHM, and its position's error. */
export interface ListedPeak {
  readonly position: number;
  readonly value: number;
  readonly width: number | null;
  readonly sigma: number | null;
}

/** A peak that is fitted in each frame. */
export interface TrackedPeak {
  /** Where it was picked, in the unit of the diffractograms. */
  readonly position: number;
  /** Its lattice spacing without strain, in Å. */
  readonly d0: number | null;
}

/** What a fit of a tracked peak gives for one diffractogram, in this order in each row of `track`. */
export const TRACK_VALUES = [
  "position",
  "positionSigma",
  "fwhm",
  "fwhmSigma",
  "area",
  "areaSigma",
] as const;
export type TrackValue = (typeof TRACK_VALUES)[number];

/** What the page has, and wants to see. */
export interface FrameWish {
  readonly do: "frame";
  /** The revision that is shown; only newer ones are sent. */
  readonly have: number;
  /** The image that is shown: its revision, and how many of its pixels are one, along each side. */
  readonly image: number;
  readonly factor: number;
  /** As many rows of the whole image as the screen can tell apart; 0: no image is wanted. */
  readonly rows: number;
  /** The buffer that is shown, from 0. */
  readonly buffer: number | null;
  /** Whether the list of peaks is wanted, which takes longer than the diffractograms themselves. */
  readonly peaks: boolean;
  readonly heat: RowsThere;
  readonly track: RowsThere;
}

/** What the page's side of `Diffractogram` tells the kernel's, beside its traits. */
export type DiffractogramMessageToKernel =
  | FrameWish
  | { readonly do: "show" | "stop" | "next" | "reset" | "freeze" | "clear" | "undo center" }
  /** Pixels, on whole numbers at centres. */
  | { readonly do: "center"; readonly row: number; readonly column: number }
  | { readonly do: "track"; readonly position: number };

/** The newest that there is, with what of it the page has wished for. */
export interface FrameMessage {
  readonly do: "frame";
  readonly revision: number;
  readonly frame: FrameName | null;
  readonly status: StreamStatus;
  /** Of the whole image. */
  readonly shape: readonly [rows: number, columns: number];
  readonly image: number;
  /** Pixels of the image that one of those that are sent is the mean of, along each side. */
  readonly factor: number;
  /** `image`, where it is another one; `x0`, `y0` … of the ranges; `heat`, `times`, `track`. */
  readonly arrays: readonly ArrayHeader[];
  /** Of each range, where they were wished for; else null. */
  readonly peaks: readonly (readonly ListedPeak[])[] | null;
  readonly heat: (RowsHeader & { readonly buffer: number }) | null;
  readonly track: RowsHeader;
}

/** What the kernel's side of `Diffractogram` tells the page's, beside its arrays. */
export type DiffractogramMessageToPage = FrameMessage;
