"""midas-integrate's half of the benchmarks, on the CPU: midas_peer.py FOLDER EXPERIMENTS."""

import json
import sys
import threading
import warnings
from importlib.metadata import version
from math import cos, degrees, sin
from pathlib import Path

import numba
import numpy as np
import torch
from midas_integrate import IntegrationParams, build_csr, build_map, integrate as integrate_image
from midas_integrate.server import FrameServer
from serve import serve

warnings.simplefilter("ignore")
folder = Path(sys.argv[1])
experiments = json.loads(sys.argv[2])
threads = int(sys.argv[3])
torch.set_num_threads(threads)
numba.set_num_threads(threads)

images = {}
kept = {}


def parameters(experiment, npt, nptAzim):
    """pyFAI's geometry in MIDAS' terms: micrometres, degrees, and the beam centre in pixels."""
    rows, columns = experiment["shape"]
    pixel, geometry = experiment["pixel"], experiment["geometry"]
    rot1, rot2, rot3 = geometry["rot1"], geometry["rot2"], geometry["rot3"]
    lsd = geometry["dist"] / (cos(rot1) * cos(rot2))
    low, high = experiment["twoTheta"]
    return IntegrationParams(
        NrPixelsY=columns,
        NrPixelsZ=rows,
        pxY=pixel * 1e6,
        pxZ=pixel * 1e6,
        Lsd=lsd * 1e6,
        BC_y=(geometry["poni2"] - lsd * cos(rot2) * sin(rot1)) / pixel - 0.5,
        BC_z=(geometry["poni1"] + lsd * sin(rot2)) / pixel - 0.5,
        tx=degrees(rot3),
        ty=degrees(rot2),
        tz=-degrees(rot1),
        TthMin=low,
        TthMax=high,
        # They take the next whole number of bins.
        TthBinSize=(high - low) / npt * (1 + 1e-9),
        EtaBinSize=360 / (nptAzim or 1),
        Wavelength=geometry["wavelength"] * 1e10,
        SolidAngleCorrection=1,
        PolarizationCorrection=1,
        PolarizationFraction=0.99,
    )


def plan(experiment, npt, nptAzim):
    params = parameters(experiments[experiment], npt, nptAzim)
    pixel_map = build_map(params).as_pixel_map()
    return build_csr(
        pixel_map,
        n_r=params.n_r_bins,
        n_eta=params.n_eta_bins,
        n_pixels_y=params.NrPixelsY,
        n_pixels_z=params.NrPixelsZ,
        build_modes=("floor",),
    )


def prepare(experiment):
    if experiment not in images:
        images[experiment] = np.load(folder / f"{experiment}.npy")
    # Numba compiles with the first map of a process.
    if not kept:
        experiments["tiny"] = {**experiments[experiment], "shape": [32, 32]}
        plan("tiny", 10, None)


def integrate(experiment, npt, nptAzim, first=False):
    key = (experiment, npt, nptAzim)
    if first or key not in kept:
        kept[key] = plan(experiment, npt, nptAzim)
    integrate_image(torch.from_numpy(images[experiment]), kept[key], mode="floor").numpy()


arrived = threading.Semaphore(0)


def listen(experiment, npt, port):
    """Starts its own server of frames, which integrates them and writes lineout.bin."""
    integrate(experiment, npt, None)
    FrameServer(
        geom=kept[(experiment, npt, None)],
        params=parameters(experiments[experiment], npt, None),
        out_dir=folder / "served",
        host="127.0.0.1",
        port=port,
        on_frame=lambda _: arrived.release(),
    ).start()


def receive(frames):
    for _ in range(frames):
        arrived.acquire()


serve(
    {"midas-integrate": version("midas-integrate"), "PyTorch": torch.__version__},
    {"prepare": prepare, "integrate": integrate, "listen": listen, "receive": receive},
)
