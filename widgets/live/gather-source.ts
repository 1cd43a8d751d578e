/** Places of the numbers that a kernel is given. */
export const P = {
  MATRIX: 0,
  DIST: 9,
  ROW: 10,
  COLUMN: 11,
  PER_ROW: 12,
  PER_COLUMN: 13,
  ROWS: 14,
  COLUMNS: 15,
  RADIAL_BINS: 16,
  AZIMUTH_BINS: 17,
  AZIMUTH_LOW: 18,
  AZIMUTH_WIDTH: 19,
  IS_RADIUS: 20,
  SOLID_ANGLE: 21,
  POLARIZATION: 22,
  PER_BIN: 23,
  COUNT: 24,
} as const;

/**
 * The kernel in gpu.js' JavaScript: one thread for each bin.
 *
 * Samples lie on a lattice of the golden ratio, which leaves no gaps whatever their number. A text,
 * because gpu.js reads the source of a function, which bundlers rewrite.
 *
 * @param nothing marks pixels that do not count, and bins without one.
 */
export function gatherSource(hasWeights: boolean, nothing: number): string {
  const weight = hasWeights ? "this.constants.weights[row][column]" : "1";
  return `function (p, table) {
    const bin = this.thread.x;
    const sector = Math.floor(bin / p[${P.RADIAL_BINS}] + 0.0000005);
    const radial = bin - sector * p[${P.RADIAL_BINS}];
    let signal = 0;
    let normalization = 0;
    if (sector < p[${P.AZIMUTH_BINS}]) {
      const samples = table[radial * p[${P.PER_BIN}]][1];
      for (let j = 0; j < samples; j++) {
        const golden = (j + 0.5) * 0.6180339887;
        const along = (radial + golden - Math.floor(golden)) * p[${P.PER_BIN}];
        const step = Math.floor(along);
        const near = table[step][0];
        const far = table[step + 1][0];
        const value = near + (far - near) * (along - step);
        const chi = p[${P.AZIMUTH_LOW}] + (sector + (j + 0.5) / samples) * p[${P.AZIMUTH_WIDTH}];
        let t1 = Math.sin(chi);
        let t2 = Math.cos(chi);
        let t3 = 0;
        if (p[${P.IS_RADIUS}] > 0.5) {
          t1 = value * t1;
          t2 = value * t2;
          t3 = (p[${P.DIST}] - p[2] * t1 - p[5] * t2) / p[8];
        } else {
          t1 = Math.sin(value) * t1;
          t2 = Math.sin(value) * t2;
          t3 = Math.cos(value);
          const onto = p[2] * t1 + p[5] * t2 + p[8] * t3;
          const scale = onto > 0.000001 ? p[${P.DIST}] / onto : 0;
          t1 = scale * t1;
          t2 = scale * t2;
          t3 = scale * t3;
        }
        const length2 = t1 * t1 + t2 * t2 + t3 * t3;
        const y = (p[0] * t1 + p[3] * t2 + p[6] * t3) * p[${P.PER_ROW}] + p[${P.ROW}];
        const x = (p[1] * t1 + p[4] * t2 + p[7] * t3) * p[${P.PER_COLUMN}] + p[${P.COLUMN}];
        if (near >= 0 && far >= 0 && length2 > 0 && y >= 0 && y < p[${P.ROWS}] && x >= 0 && x < p[${P.COLUMNS}]) {
          const row = Math.floor(y);
          const column = Math.floor(x);
          const pixel = this.constants.image[row][column];
          if (pixel > ${nothing / 2}) {
            let part = ${weight};
            if (p[${P.SOLID_ANGLE}] > 0.5) {
              const cos = p[${P.DIST}] / Math.sqrt(length2);
              part = part * cos * cos * cos;
            }
            if (p[${P.POLARIZATION}] < 1.5) {
              part = part * 0.5 * (1 + (t3 * t3 - p[${P.POLARIZATION}] * (t2 * t2 - t1 * t1)) / length2);
            }
            signal += pixel;
            normalization += part;
          }
        }
      }
    }
    let intensity = ${nothing};
    if (normalization > 0) {
      intensity = signal / normalization;
    }
    return intensity;
  }`;
}
