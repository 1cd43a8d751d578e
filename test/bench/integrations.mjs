import { experiments, integrate, newIntegrator } from "./experiments.mjs";
import { timed } from "./pairs.mjs";

/** Frames of a turn: a frame of a series follows another, and neither side begins with cold caches. */
const FRAMES = 5;

/** Bins, and the most that our time may be of theirs: each frame, with errors, the first call. */
const AGAINST_PYFAI = [
  { engine: "js", npt: 1000, frame: 0.6, first: 1.5 },
  { engine: "js", npt: 1000, nptAzim: 36 },
  { engine: "wasm", npt: 1000, frame: 0.08, errors: 0.16, first: 0.12 },
  { engine: "wasm", npt: 1000, nptAzim: 36, frame: 0.12, errors: 0.16, first: 0.15 },
  { engine: "wasm", npt: 10000, frame: 0.2, errors: 0.26, first: 0.15 },
  { engine: "wasm", npt: 10000, nptAzim: 36, frame: 0.25, errors: 0.3, first: 0.15 },
  { engine: "auto", npt: 1000 },
  { engine: "auto", npt: 10000, nptAzim: 36 },
  { experiment: "large", engine: "wasm", npt: 1000 },
  { experiment: "large", engine: "wasm", npt: 1000, nptAzim: 36, frame: 0.2 },
];

const AGAINST_MIDAS = [
  { engine: "wasm", npt: 1000, frame: 0.5, first: 0.1 },
  { engine: "wasm", npt: 1000, nptAzim: 36, frame: 0.5, first: 0.1 },
  { engine: "wasm", npt: 10000, nptAzim: 36, frame: 0.5, first: 0.1 },
];

const AGAINST_AZINT = [
  { engine: "wasm", npt: 1000 },
  { engine: "wasm", npt: 1000, nptAzim: 36 },
  { engine: "wasm", npt: 10000, nptAzim: 36 },
];

export function integrationRows(place) {
  return [
    ...AGAINST_PYFAI.flatMap((row) => rowsOf(place, "pyFAI", row)),
    ...AGAINST_MIDAS.flatMap((row) => rowsOf(place, "midas-integrate", row)),
    ...AGAINST_AZINT.flatMap((row) => rowsOf(place, "azint", row)),
  ];
}

function rowsOf(place, peer, { experiment = "small", engine, npt, nptAzim, ...limits }) {
  const bins = { npt, nptAzim, engine };
  const { title } = experiments[experiment];
  const name = `${title}, ${engine}, ${nptAzim === undefined ? "1D" : `${nptAzim} ×`} ${npt} bins`;
  const job = { job: "integrate", experiment, npt, nptAzim: nptAzim ?? null };
  let kept;
  const ours = (options, isFirst, repeat) => async () => {
    const image = await place.image(experiment);
    kept ??= newIntegrator(experiments[experiment]);
    const ai = isFirst ? newIntegrator(experiments[experiment]) : kept;
    return timed(() => integrate(ai, image, { ...bins, ...options }), repeat)();
  };
  const theirs = (more) => async () => {
    const other = await place.peer(peer);
    await other.ask({ job: "prepare", experiment });
    return other.ask({ ...job, ...more });
  };
  const slow = experiment === "large";
  const first = {
    section: peer,
    name: `${name}, first call`,
    limit: limits.first,
    pairs: slow || peer === "midas-integrate" ? 1 : 3,
    // A minute for one map is enough; both sides have compiled by then.
    warm: peer !== "midas-integrate",
    ours: ours({}, true),
    theirs: theirs({ first: true }),
  };
  const frame = {
    section: peer,
    name: `${name}, each frame`,
    limit: limits.frame,
    pairs: slow ? 7 : 11,
    ours: ours({}, false, FRAMES),
    theirs: theirs({ repeat: FRAMES }),
  };
  const errors = {
    section: peer,
    name: `${name}, with errors`,
    limit: limits.errors,
    pairs: 7,
    ours: ours({ errorModel: "poisson" }, false, FRAMES),
    theirs: theirs({ poisson: true, repeat: FRAMES }),
  };
  // The first call of midas-integrate makes the map that its frames need.
  return peer === "pyFAI" && !slow ? [frame, errors, first] : [first, frame];
}
