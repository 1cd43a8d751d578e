"""pyFAI's diff_map on a stack of 100 frames."""

import os
from contextlib import redirect_stdout

import numpy as np
from pyFAI.diffmap import DiffMap

# The method that is fastest there; the one that it chooses itself takes ten times as long.
METHOD = ("bbox", "csr", "cython")
workers = {}


def diff_map(folder, ai, shape, npt):
    """A map of 10 × 10 points; what it prepares once, it keeps."""
    # It prints what it does, where answers are expected.
    with open(os.devnull, "w") as null, redirect_stdout(null):
        run(folder, ai, shape, npt)


def run(folder, ai, shape, npt):
    mapped = DiffMap(nbpt_fast=10, nbpt_slow=10, nbpt_rad=npt)
    mapped.inputfiles = [str(folder / "bitshuffle_data.h5")]
    mapped.hdf5 = str(folder / "their_map.h5")
    if "worker" in workers:
        mapped.worker = workers["worker"]
    else:
        # It asks the detector for the shape of its mask.
        ai.detector.mask = np.zeros(shape, np.int8)
        mapped.worker.ai = ai
        mapped.worker.unit = "2th_deg"
        mapped.worker.nbpt_rad = npt
        mapped.worker.set_method(METHOD)
        mapped.init_shape(shape)
        workers["worker"] = mapped.worker
    mapped.makeHDF5(rewrite=True)
    mapped.init_ai()
    for file in mapped.inputfiles:
        mapped.process_one_file(file)
    mapped.nxs.close()
