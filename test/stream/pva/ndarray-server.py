"""Serves images as an areaDetector IOC does, for test/stream/pva: one for each line of input.

    python ndarray-server.py UDP_PORT

A line is JSON: {"type", "shape", "base64", "uniqueId", "seconds", "codec", "only"}. "only" posts the value
and its number alone, as a channel does whose other fields stay as they are.
"""

import base64
import io
import json
import sys

import h5py
import hdf5plugin
import imagecodecs
import numpy as np
from p4p.nt import NTNDArray, NTScalar
from p4p.server import Server
from p4p.server.thread import SharedPV

SCALAR_TYPES = ["?", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f4", "f8"]


def pack(codec, pixels):
    if codec == "lz4":
        return imagecodecs.lz4_encode(pixels.tobytes())
    if codec == "blosc":
        return imagecodecs.blosc_encode(pixels.tobytes(), typesize=pixels.itemsize)
    if codec != "bslz4":
        return pixels.tobytes()
    with h5py.File(io.BytesIO(), "w") as file:
        filters = hdf5plugin.Bitshuffle()
        dataset = file.create_dataset("data", data=pixels, chunks=pixels.shape, **filters)
        # Before the packed blocks, HDF5's filter writes their size when unpacked, and that of a block.
        return dataset.id.read_direct_chunk((0, 0))[1][12:]


nt = NTNDArray()
image = SharedPV(initial=nt.wrap(np.zeros((0, 0), "u1")))
server = Server(
    providers=[{"T:Image": image, "T:Scalar": SharedPV(nt=NTScalar("d"), initial=1.0)}],
    conf={
        "EPICS_PVAS_INTF_ADDR_LIST": "127.0.0.1",
        "EPICS_PVAS_BROADCAST_PORT": sys.argv[1],
        "EPICS_PVAS_SERVER_PORT": "0",
        "EPICS_PVAS_AUTO_BEACON_ADDR_LIST": "NO",
        "EPICS_PVAS_BEACON_ADDR_LIST": "127.0.0.1",
    },
)
print("ready", flush=True)
for line in sys.stdin:
    job = json.loads(line)
    shape = job["shape"]
    pixels = np.frombuffer(base64.b64decode(job["base64"]), job["type"])
    if "only" in job:
        value = nt.wrap(pixels.reshape(shape))
        value.unmark()
        value["value"] = pixels
        value["uniqueId"] = job["uniqueId"]
    else:
        codec = job.get("codec", "")
        packed = np.frombuffer(pack(codec, pixels.reshape(shape)), "u1")
        value = nt.wrap(packed if codec else pixels)
        value["dimension"] = [{"size": size, "fullSize": size} for size in reversed(shape)]
        value["uniqueId"] = job["uniqueId"]
        value["codec.name"] = codec
        if codec:
            value["codec.parameters"] = SCALAR_TYPES.index(job["type"])
        if "seconds" in job:
            value["timeStamp"] = {"secondsPastEpoch": job["seconds"], "nanoseconds": 500_000_000}
    image.post(value)
    print("posted", flush=True)
