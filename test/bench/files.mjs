import { join } from "node:path";
import { openSeries, readImage, writeXrdfit } from "../../dist/src/index.js";
import { experiments } from "./experiments.mjs";
import { timed } from "./pairs.mjs";

/** Files of a series. */
const SERIES = 20;

/** Reading and writing files of images, against FabIO and NumPy. */
export function fileRows(place) {
  const theirs = (job, more) => async () => (await place.peer("pyFAI")).ask({ job, ...more });
  const file = (name) => join(place.folder, name);
  const read = (title, name, { options, ...more }) => ({
    section: "files",
    name: `${title} of 2048² pixels, against FabIO`,
    pairs: 15,
    ours: timed(() => readImage(file(name), options)),
    theirs: theirs("read", { name }),
    ...more,
  });
  const series = (title, name) => ({
    section: "files",
    name: `${SERIES} ${title} files as a series in threads, against FabIO`,
    pairs: 5,
    ours: timed(async () => {
      const files = Array.from({ length: SERIES }, (_, i) => file(`${i}_${name}`));
      for await (const _ of openSeries(files));
    }),
    theirs: theirs("read-series", { name, files: SERIES }),
  });
  let cakes;
  return [
    {
      section: "files",
      name: "text of 36 cakes × 10000, against np.savetxt",
      limit: 0.5,
      pairs: 9,
      ours: async () => {
        cakes ??= await tableOfCakes(file("table.npy"));
        return timed(() => writeXrdfit(file("ours.dat"), cakes))();
      },
      theirs: theirs("text"),
    },
    read("plain TIFF", "plain.tif", { limit: 1.5 }),
    read("deflated TIFF", "deflate.tif", { pairs: 9 }),
    read("EDF", "plain.edf", { limit: 1.2 }),
    read("CBF, its checksum compared here and there,", "plain.cbf", {}),
    read("CBF, its checksum compared there only,", "plain.cbf", {
      options: { verify: false },
      limit: 0.5,
    }),
    series("EDF", "plain.edf"),
    series("CBF", "plain.cbf"),
  ];
}

/** A table of numbers, its first column the bins, as cakes. */
async function tableOfCakes(path) {
  const { data, shape } = await readImage(path);
  const column = (index) =>
    Float64Array.from({ length: shape[0] }, (_, row) => data[row * shape[1] + index]);
  const intensity = Array.from({ length: shape[1] - 1 }, (_, cake) => column(cake + 1));
  return {
    radial: column(0),
    intensity,
    count: intensity,
    centers: intensity.map((_, cake) => cake * 10),
    firstCakeAngle: 0,
    order: "clockwise",
    unit: "2th_deg",
    provenance: { geometry: experiments.small.geometry, detector: {} },
  };
}
