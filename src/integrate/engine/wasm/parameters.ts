// Places of a plan's parameters in the memory that JavaScript and the kernels share, counted in
// float64 numbers from PARAMETERS. Both sides are compiled from this file.

/** Address of the next free byte, as a 32-bit number. */
export const NEXT_FREE = 64;
export const PARAMETERS = 1024;
/** The same numbers cut to whole ones, 32 bits each: V8 would convert a float64 in every round of a loop. */
export const WHOLE_PARAMETERS = 2048;

export const DIST = 0;
export const PONI1 = 1;
export const PONI2 = 2;
/** The rotation matrix, row by row: nine numbers. */
export const MATRIX = 3;

/** What a radial value is made from: see QUANTITIES in geometry/units.ts. */
export const QUANTITY = 12;
export const TRANSFORM = 13;
export const FACTOR = 14;
export const POSITIVE = 15;
export const BEAM_FORWARD = 16;
export const BEAM_BACKWARD = 17;

export const RADIAL_LOW = 18;
export const RADIAL_HIGH = 19;
export const RADIAL_BINS = 20;
export const AZIMUTH_LOW = 21;
export const AZIMUTH_HIGH = 22;
/** 0 where all azimuths count. */
export const AZIMUTH_BINS = 23;

export const COLUMNS = 24;
/** 0 no, 1 bbox, 2 full. */
export const SPLIT = 25;
/** 0 pairs, 1 stream, 2 runs, 3 trios. */
export const ENCODING = 26;
export const SOLID_ANGLE = 27;
/** 2 where there is no correction. */
export const POLARIZATION = 28;
export const NORMALIZATION_FACTOR = 29;

// Addresses.
export const ROW_EDGES = 30;
export const COLUMN_EDGES = 31;
export const COLUMN_CENTERS = 32;
export const MASK = 33;
export const NORMALIZATION = 34;
export const FLAT = 35;
export const CODES = 36;
/** For each row, where its run weights begin. */
export const ROW_WEIGHTS = 37;
/** For each row, where its pairs begin. */
export const ROW_PAIRS = 38;
export const ROW_PAIR_COUNTS = 39;

/** Radial values of all corners, a line of columns + 1 (and one to spare) after the other. */
export const CORNER_RADIAL = 40;
export const CORNER_CHI = 41;

/** How many units of the weights of runs and trios make a pixel. */
export const RUN_UNIT = 42;

export const ROWS = 43;

export const PARAMETER_COUNT = 44;

/** Bytes of a pair: pixel and bin as 32-bit numbers, two float64 weights. */
export const PAIR_BYTES = 24;
/** How many units of a stream's weights make a pixel. */
export const STREAM_UNIT = 65536;
/** Weights of runs and trios have 16 bits. */
export const LARGEST_WEIGHT = 65535;
