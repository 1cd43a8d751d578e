"""The other half of `npm run bench`: does one job for each line on stdin, answers with its seconds."""

import json
import logging
import sys
import time
from pathlib import Path

import fabio
import numpy as np
import tifffile
from pyFAI import version
from pyFAI.detectors import Detector
from pyFAI.integrator.azimuthal import AzimuthalIntegrator

logging.disable(logging.WARNING)
folder = Path(sys.argv[1])
geometry = json.loads(sys.argv[2])
size = geometry.pop("size")
pixel = geometry.pop("pixel")

METHOD = ("full", "csr", "cython")
OPTIONS = {"unit": "2th_deg", "polarization_factor": 0.99, "method": METHOD}


def integrator():
    return AzimuthalIntegrator(detector=Detector(pixel, pixel, max_shape=(size, size)), **geometry)


image = np.random.default_rng(1).poisson(200, (size, size)).astype(np.uint16)
tifffile.imwrite(folder / "plain.tif", image)
tifffile.imwrite(folder / "deflate.tif", image, compression="zlib", predictor=True)
table = np.random.default_rng(2).uniform(0, 5000, (10000, 37))
table[:, 0] = np.linspace(2, 8, 10000)
np.save(folder / "table.npy", table)
kept = integrator()

JOBS = {
    "1d": lambda: kept.integrate1d(image, 1000, **OPTIONS),
    "1d-first": lambda: integrator().integrate1d(image, 1000, **OPTIONS),
    "2d": lambda: kept.integrate2d(image, 1000, 36, **OPTIONS),
    "2d-first": lambda: integrator().integrate2d(image, 1000, 36, **OPTIONS),
    "text": lambda: np.savetxt(folder / "theirs.dat", table, fmt="%12.8f", delimiter="\t"),
    "tiff": lambda: fabio.open(str(folder / "plain.tif")).data,
    "tiff-deflate": lambda: fabio.open(str(folder / "deflate.tif")).data,
}

versions = {"pyFAI": version, "FabIO": fabio.version, "NumPy": np.__version__}
print(json.dumps(versions), flush=True)
for line in sys.stdin:
    start = time.perf_counter()
    JOBS[line.strip()]()
    print(json.dumps(time.perf_counter() - start), flush=True)
