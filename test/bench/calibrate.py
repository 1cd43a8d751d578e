"""The other half of calibrate.mjs: pyFAI's calibration, started at the truth.

Arguments: a JSON file with image, mask, calibrant, wavelength, pixel and geometry. Prints the refined
geometry and the seconds that extraction and refinement took.
"""

import copy
import json
import logging
import sys
import time

import numpy as np
from pyFAI.calibrant import get_calibrant
from pyFAI.detectors import Detector
from pyFAI.geometry import Geometry
from pyFAI.goniometer import SingleGeometry

logging.disable(logging.CRITICAL)
case = json.load(open(sys.argv[1]))
image = np.load(case["image"])
mask = np.load(case["mask"])
detector = Detector(case["pixel"], case["pixel"], max_shape=image.shape)
detector.mask = mask.astype(np.int8)
calibrant = get_calibrant(case["calibrant"])
calibrant.wavelength = case["wavelength"]
names = ("dist", "poni1", "poni2", "rot1", "rot2", "rot3")
start = {name: case["geometry"][name] for name in names}
np.random.seed(0)
began = time.perf_counter()
geometry = Geometry(**start, detector=detector, wavelength=case["wavelength"])
for rings in (3, 4, 8, 10, 10):
    single = SingleGeometry("image", image, calibrant=calibrant, detector=detector, geometry=copy.copy(geometry))
    single.extract_cp(max_rings=rings, pts_per_deg=1)
    single.geometry_refinement.refine3(fix=["rot3", "wavelength"])
    refined = single.geometry_refinement
    geometry = Geometry(
        **{name: getattr(refined, name) for name in names}, detector=detector, wavelength=case["wavelength"]
    )
seconds = time.perf_counter() - began
print(json.dumps({"geometry": {name: getattr(geometry, name) for name in names}, "seconds": seconds}))
