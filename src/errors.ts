/**
 * Every failure that CakeLab foresees. The message says what is wrong, in which file or value, and
 * what to do about it; `tag` and the typed fields say the same to a program.
 */
export abstract class CakelabError extends Error {
  abstract readonly tag: string;

  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** A file that cannot be found, read or listed. */
export class FileAccessError extends CakelabError {
  readonly tag = "file-access";
  readonly path: string;

  constructor(path: string, message: string, options?: { cause?: unknown }) {
    super(`${path}: ${message}`, options);
    this.path = path;
  }
}

/** A file whose content is not what its format promises, or uses a feature that is not supported. */
export class FileFormatError extends CakelabError {
  readonly tag = "file-format";
  readonly path: string;

  constructor(path: string, message: string, options?: { cause?: unknown }) {
    super(`${path}: ${message}`, options);
    this.path = path;
  }
}

/** An output that could not be written; what was there before is untouched. */
export class OutputError extends CakelabError {
  readonly tag = "output";
  readonly path: string;

  constructor(path: string, message: string, options?: { cause?: unknown }) {
    super(`${path}: ${message}`, options);
    this.path = path;
  }
}

/** An option, argument or parameter outside what it may be. */
export class OptionError extends CakelabError {
  readonly tag = "option";
  readonly option: string;
  readonly value: unknown;

  constructor(option: string, value: unknown, message: string, options?: { cause?: unknown }) {
    super(`${option}: ${message}`, options);
    this.option = option;
    this.value = value;
  }
}

/** An image, mask or correction whose shape is not the detector's. */
export class ShapeError extends CakelabError {
  readonly tag = "shape";
  readonly what: string;
  readonly expected: readonly number[];
  readonly actual: readonly number[];

  constructor(
    what: string,
    expected: readonly number[],
    actual: readonly number[],
    remedy: string,
  ) {
    super(`${what}: its shape is ${actual.join(" × ")}, not ${expected.join(" × ")}; ${remedy}`);
    this.what = what;
    this.expected = expected;
    this.actual = actual;
  }
}

/** A worker, kernel or engine that stopped although its input was good. */
export class EngineError extends CakelabError {
  readonly tag = "engine";
  readonly engine: string;

  constructor(engine: string, message: string, options?: { cause?: unknown }) {
    super(`${engine}: ${message}`, options);
    this.engine = engine;
  }
}

/** A frame, a connection or a source of a stream that is not as it is to be. */
export class StreamError extends CakelabError {
  readonly tag = "stream";
  /** The stream, its client or its frame: `tcp://127.0.0.1:60439`. */
  readonly source: string;

  constructor(source: string, message: string, options?: { cause?: unknown }) {
    super(`${source}: ${message}`, options);
    this.source = source;
  }
}

/** Why a calibration is refused. */
export type CalibrationFailure =
  | "no-rings"
  | "no-geometry"
  | "wrong-calibrant"
  | "wrong-wavelength"
  | "not-determined";

/** An image from which no trustworthy calibration can be had; `reason` says why. */
export class CalibrationError extends CakelabError {
  readonly tag = "calibration";
  readonly reason: CalibrationFailure;

  constructor(reason: CalibrationFailure, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.reason = reason;
  }
}

/** Tells whether a caught value is a CakeLab error, of one tag if given. */
export function isCakelabError(error: unknown, tag?: string): error is CakelabError {
  return error instanceof CakelabError && (tag === undefined || error.tag === tag);
}
