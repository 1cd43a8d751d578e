import type { Image } from "../array.js";
import type { SampleType } from "../samples.js";
import type { FileSource } from "./file-source.js";
import type { Region } from "./region.js";

/**
 * What a file format of images provides; each lies in a file of its own and is listed in
 * `formats.ts`.
 */
export interface ImageFormat {
  /** As users say it: `"TIFF"`. */
  readonly name: string;
  /** Lower case with the dot; they tell which files of a folder are images. */
  readonly extensions: readonly string[];
  /** Whether a file whose first bytes (up to 4096) are `head` is of this format. */
  matches(head: Uint8Array, name: string): boolean;
  /**
   * Reads the header and nothing else. What the header promises is checked against the file's
   * size here, before anything is allocated for it.
   *
   * @throws FileFormatError
   */
  open(source: FileSource, options?: OpenOptions): Promise<ImageFile>;
}

/** What in a file is meant, of formats that hold many things. */
export interface OpenOptions {
  /** A dataset or group of an HDF5 file; default: where its frames are expected. */
  readonly dataset?: string | undefined;
  /** Folders, besides the file's own, in which what it links to may lie. Default none. */
  readonly trustedFolders?: readonly string[] | undefined;
  /** Whether an HDF5 file that is still being written is opened as it is now. Default `false`. */
  readonly isGrowing?: boolean | undefined;
}

/** How to stop, and what is checked. */
export interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
  /** Whether a checksum that the file carries (CBF's MD5) is compared. Default `true`. */
  readonly verify?: boolean | undefined;
  /** Whether the caller gives the pixels' memory back by `recycle`. Default `false`. */
  readonly isRecycled?: boolean | undefined;
}

/** An image file whose header has been read. */
export interface ImageFile {
  /** Number of frames, at least 1. */
  readonly frames: number;
  /** Of frame 0, as `dtype`, `compression` and `header` are. */
  readonly shape: readonly [rows: number, columns: number];
  /** Element type in the file. */
  readonly dtype: SampleType;
  /** `"none"`, `"deflate"` … */
  readonly compression: string;
  readonly header: Readonly<Record<string, string>>;
  /**
   * One frame, from 0 to `frames - 1`. NaN and infinities of float images are kept as they are.
   *
   * @throws FileFormatError, or the signal's reason
   */
  read(frame: number, options?: ReadOptions): Promise<Image>;
  /**
   * A part of a frame, where the format can read it without the rest; the region has been checked.
   *
   * @throws as `read`
   */
  readRegion?(frame: number, region: Region, options?: ReadOptions): Promise<Image>;
  /** The header of a frame, of formats that know it without reading the pixels. */
  headerOf?(frame: number): Readonly<Record<string, string>>;
  /**
   * Whether a frame has been written, of formats in which there can be frames that were not; `undefined`
   * where nobody can tell.
   */
  isWritten?(frame: number): Promise<boolean | undefined>;
  /** The files that frames lie in, of formats in which these can be others. */
  readonly dataFiles?: readonly string[];
  /** Of formats that hold more open than their source, which is not closed here. */
  close?(): Promise<void>;
}
