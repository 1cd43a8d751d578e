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
kept = {}


def integrate(npt, nptAzim, poisson, first):
    # pyFAI keeps one table: an integrator for each kind of work, or it would make them in turn.
    key = (npt, nptAzim, poisson)
    ai = integrator() if first else kept.setdefault(key, integrator())
    options = {**OPTIONS, "error_model": "poisson" if poisson else None}
    if nptAzim is None:
        ai.integrate1d(image, npt, **options)
    else:
        ai.integrate2d(image, npt, nptAzim, **options)


JOBS = {
    "integrate": integrate,
    "text": lambda: np.savetxt(folder / "theirs.dat", table, fmt="%12.8f", delimiter="\t"),
    "tiff": lambda: fabio.open(str(folder / "plain.tif")).data,
    "tiff-deflate": lambda: fabio.open(str(folder / "deflate.tif")).data,
}

versions = {"pyFAI": version, "FabIO": fabio.version, "NumPy": np.__version__}
print(json.dumps(versions), flush=True)
for line in sys.stdin:
    job = json.loads(line)
    work = JOBS[job.pop("job")]
    repeat = job.pop("repeat", 1)
    start = time.perf_counter()
    for _ in range(repeat):
        work(**job)
    print(json.dumps((time.perf_counter() - start) / repeat), flush=True)
