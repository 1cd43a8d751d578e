import { writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import { diffMap, formatDiffMapConfig, writeHdf5 } from "../../src/index.js";
import { hasPython, runPython } from "../support/python.js";
import { scanImage, scanStack } from "./scan-images.js";

const PROGRAM = `
import json, sys
import h5py, hdf5plugin, numpy
from silx.io import nxdata
from pyFAI.gui.pilx import utils
from pyFAI.io.diffmap_config import DiffmapConfig
from pyFAI.io.integration_config import WorkerConfig

def shown(path):
    with h5py.File(path) as file:
        plot = nxdata.get_default(file)
        process = file["/entry_0000/pyFAI"]
        result = process["result"]
        # What pyFAI-diffmap-view does to open a file.
        signal = utils.get_signal_dataset(result, default="intensity")
        axes = utils.get_axes_index(signal)
        worker = WorkerConfig.from_dict(json.loads(process["configuration/data"][()]))
        scan = DiffmapConfig.from_dict(json.loads(process["diffmap_configuration/data"][()]))
        radial = utils.get_radial_dataset(result, size=worker.nbpt_rad)
        images = file.get("/entry_0000/measurement/images_0001")
        intensity = result["intensity"][()]
        return {
            "silx": [plot.is_valid, list(plot.signal.shape), plot.axes_names, plot.interpretation],
            "plotted": [None if axis is None else len(axis) for axis in plot.axes],
            "pilx": [list(axes), len(radial), list(utils.compute_radial_values(worker).shape)],
            "worker": [worker.unit.name, worker.error_model.name.lower(), list(worker.polarization_description or [])],
            "scan": [scan.slow_motor.points, scan.fast_motor.name, scan.zigzag_scan],
            "images": None if images is None else list(images.shape),
            "transposed": "map" in result and bool(numpy.array_equal(
                result["map"][()], numpy.moveaxis(intensity, (0, 1), (-2, -1)), equal_nan=True)),
            "errors": list(result["intensity_errors"].shape) if "intensity_errors" in result else None,
            "empty": int(numpy.isnan(intensity).all(axis=tuple(range(2, intensity.ndim))).sum()),
            "pointer": result["map_ptr"][()].ravel().tolist(),
            "units": [result[name].attrs.get("units") for name in (*plot.axes_dataset_names, "intensity")],
            "compression": result["intensity"].compression,
        }

print(json.dumps({path.split("/")[-1]: shown(path) for path in sys.argv[1:-1]}
      | {"job": [m.name for m in (lambda c: (c.slow_motor, c.fast_motor))(DiffmapConfig.from_file(sys.argv[-1]))]}))
`;

it.skipIf(!hasPython)("silx and pyFAI-diffmap-view open what is written", async () => {
  const { at } = await scanStack(1);
  const frames = Array.from({ length: 6 }, (_, index) => scanImage(index));
  await writeHdf5(at("scan.h5"), frames);
  const options = {
    ...{ files: at("scan.h5"), ai: at("geometry.poni"), npt: 20, slow: { points: 2, name: "sy" } },
    ...{ fast: { points: 4, name: "sx", unit: "mm" }, zigzag: true, polarizationFactor: 0.9 },
    method: { engine: "js" },
  } as const;
  const profiles = { ...options, output: at("profiles.h5"), errorModel: "poisson" } as const;
  const cakes = { ...options, output: at("cakes.h5"), nptAzim: 3, unit: "q_A^-1" };
  const plain = { ...options, output: at("plain.h5"), map: false };
  for (const scan of [profiles, cakes, plain]) await diffMap(scan);
  writeFileSync(at("job.json"), await formatDiffMapConfig(profiles));
  const paths = ["profiles.h5", "cakes.h5", "plain.h5", "job.json"].map(at);
  const common = {
    ...{ scan: [2, "sx", true], images: [6, 40, 50], empty: 2, compression: "gzip" },
    pointer: [0, 1, 2, 3, -1, -1, 5, 4],
  };
  expect(runPython(PROGRAM, ...paths)).toEqual({
    job: ["sy", "sx"],
    "profiles.h5": {
      ...common,
      silx: [true, [20, 2, 4], ["2θ (deg)", "sy", "sx"], "image"],
      plotted: [20, 2, 4],
      pilx: [[1, 2, 0], 20, [40, 50]],
      worker: ["2th_deg", "poisson", [0.9, 0]],
      transposed: true,
      errors: [2, 4, 20],
      units: ["deg", null, "mm", "counts"],
    },
    "cakes.h5": {
      ...common,
      silx: [true, [3, 20, 2, 4], ["χ (deg)", expect.stringMatching(/^q/), "sy", "sx"], "image"],
      plotted: [3, 20, 2, 4],
      pilx: [[1, 2, 0], 20, [40, 50]],
      worker: ["q_A^-1", "no", [0.9, 0]],
      transposed: true,
      errors: null,
      units: ["deg", "1/angstrom", null, "mm", "counts"],
    },
    "plain.h5": {
      ...common,
      silx: [true, [2, 4, 20], ["sy", "sx", "2θ (deg)"], "spectrum"],
      plotted: [2, 4, 20],
      pilx: [[0, 1, 2], 20, [40, 50]],
      worker: ["2th_deg", "no", [0.9, 0]],
      transposed: false,
      errors: null,
      units: [null, "mm", "deg", "counts"],
    },
  });
});
