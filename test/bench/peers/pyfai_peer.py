"""pyFAI's half of the benchmarks: pyfai_peer.py FOLDER EXPERIMENTS."""

import json
import logging
import sys
from pathlib import Path

import fabio
import numpy as np
from pyFAI import version
from pyFAI.detectors import Detector
from pyFAI.integrator.azimuthal import AzimuthalIntegrator
from serve import serve

logging.disable(logging.WARNING)
folder = Path(sys.argv[1])
experiments = json.loads(sys.argv[2])

OPTIONS = {"unit": "2th_deg", "polarization_factor": 0.99, "method": ("full", "csr", "cython")}
images = {}
kept = {}


def integrator(name):
    experiment = experiments[name]
    pixel, shape = experiment["pixel"], experiment["shape"]
    detector = Detector(pixel, pixel, max_shape=tuple(shape))
    return AzimuthalIntegrator(detector=detector, **experiment["geometry"])


def prepare(experiment):
    if experiment not in images:
        images[experiment] = np.load(folder / f"{experiment}.npy")


def integrate(experiment, npt, nptAzim, poisson=False, first=False):
    # pyFAI keeps one table: an integrator for each kind of work, or it would make them in turn.
    key = (experiment, npt, nptAzim, poisson)
    ai = integrator(experiment) if first else kept.setdefault(key, integrator(experiment))
    options = {**OPTIONS, "error_model": "poisson" if poisson else None}
    if nptAzim is None:
        ai.integrate1d(images[experiment], npt, **options)
    else:
        ai.integrate2d(images[experiment], npt, nptAzim, **options)


table = np.load(folder / "table.npy")
serve(
    {"pyFAI": version, "FabIO": fabio.version, "NumPy": np.__version__},
    {
        "prepare": prepare,
        "integrate": integrate,
        "text": lambda: np.savetxt(folder / "theirs.dat", table, fmt="%12.8f", delimiter="\t"),
        "tiff": lambda: fabio.open(str(folder / "plain.tif")).data,
        "tiff-deflate": lambda: fabio.open(str(folder / "deflate.tif")).data,
    },
)
