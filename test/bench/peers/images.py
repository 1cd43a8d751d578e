"""The images and numbers that all sides work on, made once for a run: images.py FOLDER ROWS,COLUMNS …"""

import sys
from pathlib import Path

import numpy as np
import tifffile
from fabio.cbfimage import CbfImage
from fabio.edfimage import EdfImage

folder = Path(sys.argv[1])
small, large, growing, streamed = (tuple(map(int, shape.split(","))) for shape in sys.argv[2:])

random = np.random.default_rng(1)
image = random.poisson(200, small).astype(np.uint16)
np.save(folder / "small.npy", image)
tifffile.imwrite(folder / "plain.tif", image)
tifffile.imwrite(folder / "deflate.tif", image, compression="zlib", predictor=True)
CbfImage(data=image.astype(np.int32)).write(str(folder / "plain.cbf"))
EdfImage(data=image).write(str(folder / "plain.edf"))
for name in ("plain.cbf", "plain.edf"):
    for index in range(20):
        (folder / f"{index}_{name}").symlink_to(name)
np.save(folder / "large.npy", random.integers(0, 100000, large, dtype=np.uint32))
np.save(folder / "growing.npy", random.integers(0, 1000, growing, dtype=np.uint16))
np.save(folder / "streamed.npy", random.poisson(200, streamed).astype(np.uint16))

table = random.uniform(0, 5000, (10000, 37))
table[:, 0] = np.linspace(2, 8, 10000)
np.save(folder / "table.npy", table)
