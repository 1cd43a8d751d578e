"""The caking tutorial's job with pyFAI: tutorial.py IMAGES PONI OUTPUT."""

import glob
import os
import sys

import fabio
import numpy as np
import pyFAI

images, poni, output = sys.argv[1:]
ai = pyFAI.load(poni)
for path in sorted(glob.glob(f"{images}/*.tif")):
    image = fabio.open(path).data
    result = ai.integrate2d(
        image,
        10000,
        36,
        unit="2th_deg",
        polarization_factor=0.99,
        correctSolidAngle=True,
        method="full_csr",
    )
    columns = np.vstack([result.radial, result.intensity]).T
    name = os.path.splitext(os.path.basename(path))[0]
    np.savetxt(f"{output}/{name}.dat", columns, fmt="%12.8f", delimiter="\t")
