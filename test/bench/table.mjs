const SECTIONS = {
  pyFAI: {
    title: "Against pyFAI",
    text: `Integration with full splitting, here on the engine named, there with (full, csr, cython); solid angle and polarization corrected. A turn is five frames, or a first call, which builds what the frames then use. The copy of the image counts.`,
  },
  "midas-integrate": {
    title: "Against midas-integrate",
    text: "On the CPU, mode floor, as many threads as there are cores; its maps carry the same corrections.",
  },
  azint: {
    title: "Against azint",
    text: "Pixels split into 4 × 4 there, exactly here.",
  },
  files: { title: "Files", text: "Read from, and written to, a disk with a warm cache." },
  stacks: {
    title: "Stacks",
    text: "An Eiger-like HDF5 file of 1000 frames, 2048² uint16 of few photons, with a warm cache; each frame. Its ten data files are links to one, of 20 different frames. Here `openSeries` with `reuse`, and the default engine; there h5py with hdf5plugin, one frame after another, and pyFAI (full, csr, cython); of a scan, diff_map of pyFAI, which like ours keeps its plan between turns.",
  },
  streams: {
    title: "Streams",
    text: "Frames that another process sends over the loopback by MIDAS' protocol, as fast as they are taken, into profiles of 1000 bins: each frame, once the stream runs. Receiving, integrating and sending share the cores. In memory, nothing is sent. midas-integrate integrates on the CPU, as its server too.",
  },
  peaks: {
    title: "Peak fits",
    text: "Maps by `peakMaps` in one thread, each peak with its standard errors; there `scipy.optimize.curve_fit` with bounds. The columns hold the time of one peak.",
  },
  processes: {
    title: "Whole processes",
    text: "From the start of the program to its end, both with pyFAI there.",
  },
  views: {
    title: "Views",
    text: "In one page of headless Chromium with software rendering: from the data to the frame after the one that shows it.",
  },
  kernels: { title: "Kernels", text: "Started by turns and asked the same by jupyter_client." },
};

/** RESULTS.md: what was measured, for whom, when. */
export function resultsText(results) {
  const { machine, versions, rows, growth, missing } = results;
  const sections = Object.entries(SECTIONS).map(([section, { title, text }]) => {
    const ofSection = Object.entries(rows).filter(([, row]) => row.section === section);
    const reason = missing[section];
    if (ofSection.length === 0 && reason === undefined) return "";
    const table = ofSection.length > 0 ? [text, "", ...pairsTable(ofSection, section)] : [];
    const note = reason === undefined ? [] : ["", `Not measured here: ${reason}`];
    return [`## ${title}`, "", ...table, ...note, ""].join("\n");
  });
  const all = Object.entries(versions).map((pair) => pair.join(" "));
  return [
    "# Benchmarks",
    "",
    `${machine}; ${all.join(", ")}. \`npm run bench\` measures: both sides take turns, and the columns hold medians over pairs of turns.`,
    "",
    ...sections.filter((text) => text !== ""),
    ...(Object.keys(growth).length === 0 ? [] : growthTable(growth)),
  ].join("\n");
}

function pairsTable(rows, section) {
  const peer =
    section in { files: 0, stacks: 0, streams: 0, peaks: 0, processes: 0, views: 0, kernels: 0 }
      ? "other"
      : section;
  return [
    `| work | CakeLab | ${peer} | ratio | limit | pairs | date |`,
    "|---|---|---|---|---|---|---|",
    ...rows.map(([, { name, our, their, ratio, limit, pairs, unit, date }]) => {
      const exceeded = limit !== undefined && ratio > limit ? " **exceeded**" : "";
      const cells = [
        name,
        quantity(our, unit),
        quantity(their, unit),
        ratio.toFixed(ratio < 0.1 ? 3 : 2),
        limit === undefined ? "" : `${limit}${exceeded}`,
        pairs,
        date,
      ];
      return `| ${cells.join(" | ")} |`;
    }),
  ];
}

function growthTable(growth) {
  return [
    "## How the cost grows",
    "",
    "The wasm engine alone: building a plan, with the first frame, and each frame after that; uint16 images, 1D unless it says otherwise. Resident memory is that of the process after the series.",
    "",
    "| of | plan | each frame | resident memory | date |",
    "|---|---|---|---|---|",
    ...Object.entries(growth).map(([what, { plan, frame, resident, date }]) => {
      const cells = [
        what,
        quantity(plan),
        quantity(frame),
        resident === undefined ? "" : quantity(resident, "bytes"),
        date,
      ];
      return `| ${cells.join(" | ")} |`;
    }),
    "",
  ];
}

/** Seconds in a unit that suits them, or bytes. */
export function quantity(value, unit = "seconds") {
  if (unit === "bytes") return `${(value / 1e6).toFixed(0)} MB`;
  if (value < 1e-3) return `${(value * 1e6).toFixed(0)} µs`;
  if (value >= 10) return `${value.toFixed(1)} s`;
  return `${(value * 1000).toFixed(value < 0.1 ? 1 : 0)} ms`;
}
