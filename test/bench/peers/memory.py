"""The most memory that a process of pyFAI's takes for a plan and three frames, in bytes."""

import json
import logging
import sys

import numpy as np
from pyFAI.detectors import Detector
from pyFAI.integrator.azimuthal import AzimuthalIntegrator

logging.disable(logging.WARNING)
path, job = sys.argv[1], json.loads(sys.argv[2])
experiment = job["experiment"]
detector = Detector(experiment["pixel"], experiment["pixel"], max_shape=tuple(experiment["shape"]))
ai = AzimuthalIntegrator(detector=detector, **experiment["geometry"])
image = np.load(path)
for _ in range(3):
    ai.integrate2d(
        image,
        job["npt"],
        job["nptAzim"],
        unit="2th_deg",
        polarization_factor=0.99,
        method=("full", "csr", "cython"),
    )
with open("/proc/self/status") as status:
    print(next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM:")))
