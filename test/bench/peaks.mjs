import { peakMaps } from "../../dist/src/index.js";
import { randomStream } from "../../dist/src/simulate/random.js";
import { timed } from "./pairs.mjs";

const SIDE = 50;
const BINS = 60;
/** Peaks of a turn there. */
const THEIRS = 50;

/** Peaks of a scan, each of 60 bins; each peak. */
export function peakRows(place) {
  const grid = simulatedGrid();
  let isPrepared = false;
  const peer = async () => {
    const started = await place.peer("SciPy");
    if (!isPrepared) {
      const part = (values) => Array.from(values.subarray(0, THEIRS * BINS));
      const patterns = { intensity: part(grid.intensity), sigma: part(grid.sigma) };
      await started.ask({ job: "prepare", radial: Array.from(grid.radial), ...patterns });
      isPrepared = true;
    }
    return started;
  };
  const row = (title, options) => ({
    section: "peaks",
    name: `${title}, ${SIDE} × ${SIDE} peaks of ${BINS} bins, against curve_fit with ${THEIRS}`,
    pairs: 7,
    ours: async () => (await timed(() => peakMaps(grid, [[3.4, 3.6]], options))()) / SIDE ** 2,
    theirs: async () => (await (await peer()).ask({ job: "fit", count: THEIRS })) / THEIRS,
  });
  return [
    { ...row("pseudo-Voigt", {}), limit: 0.1 },
    row("Thompson–Cox–Hastings", { profile: "tch" }),
    row("pseudo-Voigt, counts", { weights: "poisson" }),
  ];
}

/** Peaks that move and change from point to point, with their errors. */
function simulatedGrid() {
  const random = randomStream(1, 0);
  const gauss = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const radial = Float64Array.from({ length: BINS }, (_, i) => 3.4 + (0.2 * i) / (BINS - 1));
  const intensity = new Float32Array(SIDE * SIDE * BINS);
  const sigma = new Float32Array(intensity.length);
  for (let point = 0; point < SIDE * SIDE; point++) {
    const center = 3.5 + 0.01 * Math.sin(point / SIDE / 8);
    const height = 150 + 90 * Math.cos((point % SIDE) / 9);
    for (let i = 0; i < BINS; i++) {
      const t = (radial[i] - center) / 0.03;
      const form = 0.4 / (1 + 4 * t * t) + 0.6 * Math.exp(-4 * Math.LN2 * t * t);
      const expected = 50 + height * form;
      sigma[point * BINS + i] = Math.sqrt(expected);
      intensity[point * BINS + i] = expected + Math.sqrt(expected) * gauss();
    }
  }
  return { shape: [SIDE, SIDE], radial, intensity, sigma };
}
