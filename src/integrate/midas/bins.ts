import type { MidasParameters } from "../../config/midas/parameters.js";
import { OptionError } from "../../errors.js";

/** The bins of a MIDAS integration: their edges in R (pixels) and η (degrees), low and high one of each. */
export interface MidasBins {
  /** The quantity in which the radial bins are equally wide. */
  readonly axis: "R" | "Q" | "tth";
  readonly radial: number;
  readonly azimuthal: number;
  /** Edges of the radial bins: `radial + 1` of them. */
  readonly edges: Float64Array;
  /** Centres of the radial bins in the axis' own unit: pixels, Å⁻¹ or degrees. */
  readonly centers: Float64Array;
  readonly etaMin: number;
  readonly etaSize: number;
  /** Centres of the azimuthal bins in degrees. */
  readonly etas: Float64Array;
}

const DEGREE = Math.PI / 180;
const MOST_BINS = 2 ** 25;

/**
 * The bins that a parameter file asks for: ⌈(max − min)/size⌉ of them, in Q or 2θ where their keys are
 * there, else in R. R = Lsd/px·tan 2θ, 2θ = 2·arcsin(Qλ/4π).
 *
 * @throws OptionError for ranges that make no bins, and for Q and 2θ together.
 */
export function midasBins(parameters: MidasParameters): MidasBins {
  const { QMin, QMax, QBinSize, TthMin, TthMax, TthBinSize, Wavelength } = parameters;
  const { RMin, RMax, RBinSize, EtaMin, EtaMax, EtaBinSize, Lsd, pxY } = parameters;
  // The conditions are midas-integrate's: where one is not met, its bins are those of R.
  const isQ = QBinSize > 0 && Wavelength > 0 && QMin > 0 && QMax > 0;
  const isTth = TthBinSize > 0 && TthMax > TthMin && TthMin >= 0;
  if (isQ && isTth) {
    throw new OptionError("QBinSize", QBinSize, "bins are asked for in Q and in 2θ; leave out one");
  }
  if (QBinSize > 0 && !isQ) {
    throw new OptionError(
      "QBinSize",
      QBinSize,
      "bins in Q need QMin, QMax and Wavelength above 0; give them, or leave QBinSize out for bins in R",
    );
  }
  const azimuthal = count("EtaBinSize", EtaMin, EtaMax, EtaBinSize);
  const [axis, low, size, radial, radiusAt] = isQ
    ? ([
        "Q",
        QMin,
        QBinSize,
        count("QBinSize", QMin, QMax, QBinSize),
        (q: number) => (Lsd / pxY) * Math.tan(2 * Math.asin((q * Wavelength) / (4 * Math.PI))),
      ] as const)
    : isTth
      ? ([
          "tth",
          TthMin,
          TthBinSize,
          count("TthBinSize", TthMin, TthMax, TthBinSize),
          (tth: number) => (Lsd / pxY) * Math.tan(tth * DEGREE),
        ] as const)
      : (["R", RMin, RBinSize, count("RBinSize", RMin, RMax, RBinSize), (r: number) => r] as const);
  if (radial * azimuthal > MOST_BINS) {
    throw new OptionError(
      "EtaBinSize",
      EtaBinSize,
      `${radial} × ${azimuthal} bins are more than the ${MOST_BINS} that fit; make them larger`,
    );
  }
  const edges = Float64Array.from({ length: radial + 1 }, (_, i) => radiusAt(low + size * i));
  if (edges.some((edge, i) => !Number.isFinite(edge) || (i > 0 && edge <= edges[i - 1]!))) {
    throw new OptionError(
      `${axis === "tth" ? "Tth" : axis}Max`,
      low + size * radial,
      "bins reach 2θ = 90°, where R has no end; choose a smaller one",
    );
  }
  const middle = (from: number, width: number) => (_: unknown, i: number) =>
    from + width * (i + 0.5);
  return {
    axis,
    radial,
    azimuthal,
    edges,
    centers: Float64Array.from({ length: radial }, middle(low, size)),
    etaMin: EtaMin,
    etaSize: EtaBinSize,
    etas: Float64Array.from({ length: azimuthal }, middle(EtaMin, EtaBinSize)),
  };
}

function count(key: string, low: number, high: number, size: number): number {
  const bins = Math.ceil((high - low) / size);
  if (size > 0 && bins > 0 && bins <= MOST_BINS) return bins;
  const name = key.replace("BinSize", "");
  const limits = `${name}Min ${low}, ${name}Max ${high} and ${key} ${size}`;
  const why =
    size > 0 && bins > MOST_BINS
      ? `make ${bins} bins, and ${MOST_BINS} are the most; give a larger size`
      : `make no bins; give ${name}Min < ${name}Max and a size above 0`;
  throw new OptionError(key, size, `${limits} ${why}`);
}
