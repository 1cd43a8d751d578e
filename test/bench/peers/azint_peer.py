"""azint's half of the benchmarks, each pixel split into 4 × 4: azint_peer.py FOLDER EXPERIMENTS."""

import json
import sys
from importlib.metadata import version
from pathlib import Path

import numpy as np
from azint import AzimuthalIntegrator, Poni
from azint.detector import Detector
from serve import serve

folder = Path(sys.argv[1])
experiments = json.loads(sys.argv[2])
images = {}
kept = {}


def integrator(name, npt, nptAzim, poisson):
    experiment = experiments[name]
    pixel = experiment["pixel"]
    return AzimuthalIntegrator(
        Poni(Detector(pixel, pixel, tuple(experiment["shape"])), **experiment["geometry"]),
        4,
        npt,
        nptAzim,
        unit="2th",
        polarization_factor=0.99,
        error_model="poisson" if poisson else None,
    )


def prepare(experiment):
    if experiment not in images:
        images[experiment] = np.load(folder / f"{experiment}.npy")


def integrate(experiment, npt, nptAzim, poisson=False, first=False):
    key = (experiment, npt, nptAzim, poisson)
    if first or key not in kept:
        kept[key] = integrator(*key)
    kept[key].integrate(images[experiment])


serve(
    {"azint": version("azint")},
    {"prepare": prepare, "integrate": integrate},
)
