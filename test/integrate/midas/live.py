"""midas-integrate's map and results of a parameter file and a frame: live.py FOLDER.

FOLDER has parameters.txt; frame.npy, Map.bin, nMap.bin, cake.npy and lineout.npy are put beside it.
"""

import sys
import warnings
from pathlib import Path

import numpy as np
import torch
from midas_integrate.bin_io import load_map
from midas_integrate.detector_mapper import build_and_write_map
from midas_integrate.kernels import build_csr, integrate, profile_1d
from midas_integrate.params import parse_params

warnings.simplefilter("ignore")
folder = Path(sys.argv[1])
params = parse_params(folder / "parameters.txt")
params.validate()
build_and_write_map(params, output_dir=folder)
shape = (params.NrPixelsZ, params.NrPixelsY)
frame = np.random.default_rng(1).poisson(1000, shape).astype(np.uint16)
np.save(folder / "frame.npy", frame)
csr = build_csr(
    load_map(folder / "Map.bin", folder / "nMap.bin"),
    n_r=params.n_r_bins, n_eta=params.n_eta_bins, n_pixels_y=shape[1], n_pixels_z=shape[0],
    build_modes=("floor",),
)
cake = integrate(torch.from_numpy(frame), csr, mode="floor")
np.save(folder / "cake.npy", cake.numpy())
np.save(folder / "lineout.npy", profile_1d(cake, csr).numpy())
