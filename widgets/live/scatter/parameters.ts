// Where JavaScript leaves what the kernel works with: numbers in a table at the start of its memory.

/** Position of the table, in bytes; each entry is a float64. */
export const PARAMETERS = 64;
export const PARAMETER_COUNT = 40;
/** Bytes that the table and the kernel's own variables take. */
export const FIRST_FREE = 2048;

/** Rows of the band and its columns. */
export const ROWS = 0;
export const COLUMNS = 1;
/** Addresses: the two edges of each row as float64; of each column as float32, from the
 * beam in the direction in which they are counted. */
export const ROW_EDGES = 2;
export const LEFT_EDGES = 3;
export const RIGHT_EDGES = 4;
/** Addresses: pixel values, NaN where masked; their weights, 0 for none; where sums go. */
export const VALUES = 5;
export const WEIGHTS = 6;
export const SUMS = 7;
/** Addresses of the limits of sectors as rows below and above the beam meet them (see limits.ts). */
export const LIMITS_BELOW = 8;
export const LIMITS_ABOVE = 9;
/** How many there are on either side. */
export const COUNT_BELOW = 10;
export const COUNT_ABOVE = 11;

/** The beam on the detector along its slow axis, and on the beam from the sample. */
export const BEAM = 12;
export const T3 = 13;
/** The first two columns of the rotation matrix: the axes of the detector in the laboratory. */
export const SLOW1 = 14;
export const SLOW2 = 15;
export const SLOW3 = 16;
export const FAST1 = 17;
export const FAST2 = 18;
export const FAST3 = 19;
/** From the sample to the point of normal incidence. */
export const DIST = 20;

export const QUANTITY = 21;
export const TRANSFORM = 22;
export const FACTOR = 23;
export const RADIAL_LOW = 24;
export const RADIAL_PER_UNIT = 25;
export const RADIAL_BINS = 26;
export const AZIMUTH_LOW = 27;
export const AZIMUTH_PER_RADIAN = 28;
export const AZIMUTH_BINS = 29;
/** Half a box's width as a part of a pixel's. */
export const SPREAD = 30;
export const SOLID_ANGLE = 31;
/** 2 for no correction. */
export const POLARIZATION = 32;
/** The width of columns where all are alike, else 0. */
export const PITCH = 33;

/** Bins before and behind each sector's own, so that what reaches over its ends needs no question. */
export const MARGIN = 4;
