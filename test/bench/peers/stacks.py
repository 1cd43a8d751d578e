"""Stacks of frames as an Eiger detector writes them."""

import h5py
import hdf5plugin
import numpy as np

PATH = "entry/data/data_000001"


def write_stacks(folder, shape, files=10, frames=100, different=20):
    """bitshuffle.h5, the master of as many files, which all are one on the disk; gzip.h5 with few frames.

    Its frames of few photons differ, until they come again.
    """
    images = np.random.default_rng(3).poisson(2, (different, *shape)).astype(np.uint16)
    with h5py.File(folder / "bitshuffle_data.h5", "w") as file:
        stack = file.create_dataset(
            PATH, (frames, *shape), "u2", chunks=(1, *shape), **hdf5plugin.Bitshuffle(cname="lz4")
        )
        for index, image in enumerate(images):
            stack[index] = image
            packed = stack.id.read_direct_chunk((index, 0, 0))[1]
            for again in range(index + different, frames, different):
                stack.id.write_direct_chunk((again, 0, 0), packed)
    with h5py.File(folder / "bitshuffle.h5", "w") as file:
        data = file.create_group("entry/data")
        for number in range(1, files + 1):
            data[f"data_{number:06}"] = h5py.ExternalLink("bitshuffle_data.h5", PATH)
    with h5py.File(folder / "gzip.h5", "w") as file:
        file.create_dataset(PATH, data=images[:5], chunks=(1, *shape), compression="gzip")
