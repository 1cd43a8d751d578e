"""The other half of `npm run bench`: does one job for each line on stdin, answers with its seconds."""

import json
import logging
import sys
import time
from pathlib import Path

import fabio
import h5py
import hdf5plugin
import numpy as np
import tifffile
from fabio.cbfimage import CbfImage
from fabio.edfimage import EdfImage
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
CbfImage(data=image.astype(np.int32)).write(str(folder / "plain.cbf"))
EdfImage(data=image).write(str(folder / "plain.edf"))
for frame in range(20):
    for name in ("plain.cbf", "plain.edf"):
        (folder / f"{frame}_{name}").symlink_to(folder / name)
kept = {}

# A stack as an Eiger detector writes it: 20 different frames of few photons, each five times.
FRAMES = 100
few = np.random.default_rng(3).poisson(2, (20, size, size)).astype(np.uint16)
PACKED = hdf5plugin.Bitshuffle(cname="lz4")
with h5py.File(folder / "bitshuffle.h5", "w") as file:
    stack = file.create_dataset(
        "entry/data/data", (FRAMES, size, size), "u2", chunks=(1, size, size), **PACKED
    )
    for i, frame in enumerate(few):
        stack[i] = frame
        packed = stack.id.read_direct_chunk((i, 0, 0))[1]
        for other in range(i + len(few), FRAMES, len(few)):
            stack.id.write_direct_chunk((other, 0, 0), packed)
with h5py.File(folder / "gzip.h5", "w") as file:
    file.create_dataset("entry/data/data", data=few[:5], chunks=(1, size, size), compression="gzip")
stacks = {name: h5py.File(folder / f"{name}.h5")["entry/data/data"] for name in ("bitshuffle", "gzip")}


def integrate(npt, nptAzim, poisson, first):
    # pyFAI keeps one table: an integrator for each kind of work, or it would make them in turn.
    key = (npt, nptAzim, poisson)
    ai = integrator() if first else kept.setdefault(key, integrator())
    options = {**OPTIONS, "error_model": "poisson" if poisson else None}
    if nptAzim is None:
        ai.integrate1d(image, npt, **options)
    else:
        ai.integrate2d(image, npt, nptAzim, **options)


def read_stack(name, frames):
    for frame in range(frames):
        stacks[name][frame]


def integrate_stack(frames):
    ai = kept.setdefault("stack", integrator())
    for frame in range(frames):
        ai.integrate2d(stacks["bitshuffle"][frame], 1000, 36, **OPTIONS)


def read_series(name, frames):
    for frame in range(frames):
        fabio.open(str(folder / f"{frame}_{name}")).data


JOBS = {
    "read": lambda name: fabio.open(str(folder / name)).data,
    "series": read_series,
    "read-stack": read_stack,
    "integrate-stack": integrate_stack,
    "integrate": integrate,
    "text": lambda: np.savetxt(folder / "theirs.dat", table, fmt="%12.8f", delimiter="\t"),
    "tiff": lambda: fabio.open(str(folder / "plain.tif")).data,
    "tiff-deflate": lambda: fabio.open(str(folder / "deflate.tif")).data,
}

versions = {"pyFAI": version, "FabIO": fabio.version, "h5py": h5py.__version__, "NumPy": np.__version__}
print(json.dumps(versions), flush=True)
for line in sys.stdin:
    job = json.loads(line)
    work = JOBS[job.pop("job")]
    repeat = job.pop("repeat", 1)
    start = time.perf_counter()
    for _ in range(repeat):
        work(**job)
    print(json.dumps((time.perf_counter() - start) / repeat), flush=True)
