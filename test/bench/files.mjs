import { join } from "node:path";
import { readImage, writeXrdfit } from "../../dist/src/index.js";
import { experiments } from "./experiments.mjs";
import { timed } from "./pairs.mjs";

/** Reading and writing files, against FabIO and NumPy. */
export function fileRows(place) {
  const theirs = (job) => async () => (await place.peer("pyFAI")).ask({ job });
  const file = (name) => join(place.folder, name);
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
    {
      section: "files",
      name: "plain TIFF of 2048² uint16, against FabIO",
      pairs: 15,
      ours: timed(() => readImage(file("plain.tif"))),
      theirs: theirs("tiff"),
    },
    {
      section: "files",
      name: "deflated TIFF of 2048² uint16, against FabIO",
      pairs: 9,
      ours: timed(() => readImage(file("deflate.tif"))),
      theirs: theirs("tiff-deflate"),
    },
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
