"""pyFAI's half of the benchmarks: pyfai_peer.py FOLDER EXPERIMENTS."""

import json
import logging
import sys
from pathlib import Path

import fabio
import h5py
import numpy as np
from pyFAI import version
from pyFAI.detectors import Detector
from pyFAI.integrator.azimuthal import AzimuthalIntegrator
from diff_map import diff_map
from serve import serve
from stacks import PATH, write_stacks

logging.disable(logging.WARNING)
folder = Path(sys.argv[1])
experiments = json.loads(sys.argv[2])

OPTIONS = {"unit": "2th_deg", "polarization_factor": 0.99, "method": ("full", "csr", "cython")}
images = {}
kept = {}
stacks = {}


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


def read_series(name, files):
    for index in range(files):
        fabio.open(str(folder / f"{index}_{name}")).data


def prepare_stacks():
    if not stacks:
        write_stacks(folder, experiments["small"]["shape"])
        for name in ("bitshuffle", "gzip"):
            stacks[name] = h5py.File(folder / f"{name}.h5")[PATH]


def read_stack(name, frames):
    for frame in range(frames):
        stacks[name][frame]


def integrate_stack(frames, npt, nptAzim):
    ai = kept.setdefault("stack", integrator("small"))
    for frame in range(frames):
        ai.integrate2d(stacks["bitshuffle"][frame], npt, nptAzim, **OPTIONS)


def diff_map_stack(npt):
    diff_map(folder, integrator("small"), experiments["small"]["shape"], npt)


table = np.load(folder / "table.npy")
serve(
    {"pyFAI": version, "FabIO": fabio.version, "h5py": h5py.__version__, "NumPy": np.__version__},
    {
        "prepare": prepare,
        "integrate": integrate,
        "text": lambda: np.savetxt(folder / "theirs.dat", table, fmt="%12.8f", delimiter="\t"),
        "read": lambda name: fabio.open(str(folder / name)).data,
        "read-series": read_series,
        "prepare-stacks": prepare_stacks,
        "read-stack": read_stack,
        "integrate-stack": integrate_stack,
        "diff-map": diff_map_stack,
    },
)
