"""Hands the images of an EPICS channel (NTNDArray by PV Access) to CakeLab, which starts this program.

Each message on the standard output is "CLPV", the length of a header and that of a payload, the CRC-32 of
the header (uint32, uint64, uint32, little-endian), the header (JSON) and the payload (pixels as they come).
The program ends when its standard input does.
"""

import argparse
import json
import os
import struct
import sys
import threading
import zlib

MAGIC = b"CLPV"
NO_P4P = 3
REQUEST = (
    "field(value,dimension,codec,compressedSize,uncompressedSize,uniqueId,timeStamp)"
    "record[queueSize={queue}]"
)


class Output:
    """Whole messages, from whichever thread."""

    def __init__(self, stream):
        self.stream = stream
        self.lock = threading.Lock()

    def send(self, kind, payload=b"", **fields):
        header = json.dumps({"kind": kind, **fields}).encode()
        prefix = struct.pack("<IQI", len(header), len(payload), zlib.crc32(header))
        try:
            with self.lock:
                self.stream.write(MAGIC + prefix + header)
                self.stream.write(payload)
                self.stream.flush()
        except OSError:
            # Nobody listens any more.
            os._exit(0)


class Images:
    """What a channel tells, of which only the fields that have changed come each time."""

    def __init__(self, output):
        self.output = output
        self.dimensions = []
        self.codec = ""
        self.packed_type = None

    def tell(self, value):
        if isinstance(value, Exception):
            self.output.send("disconnected", reason=f"{type(value).__name__}: {value}")
            return
        try:
            self.tell_image(value)
        except Exception as error:
            self.output.send("bad", reason=f"{type(error).__name__}: {error}")

    def tell_image(self, value):
        if not value.getID().startswith("epics:nt/NTNDArray:"):
            self.output.send("no-image", type=value.getID())
            return
        if value.changed("dimension"):
            self.dimensions = [dimension["size"] for dimension in value["dimension"]]
        if value.changed("codec"):
            self.codec = value["codec.name"]
            self.packed_type = value["codec.parameters"] if self.codec else None
        pixels = value["value"]
        if pixels is None or not value.changed("value"):
            return
        time = value["timeStamp"]
        self.output.send(
            "image",
            payload=memoryview(pixels).cast("B") if pixels.size else b"",
            type=pixels.dtype.name,
            dimensions=[int(size) for size in self.dimensions],
            codec=self.codec,
            packedType=None if self.packed_type is None else int(self.packed_type),
            uniqueId=int(value["uniqueId"]),
            seconds=time["secondsPastEpoch"] + 1e-9 * time["nanoseconds"],
        )


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("channel")
    parser.add_argument("--server")
    parser.add_argument("--queue", type=int, default=16)
    options = parser.parse_args()
    # What the library prints is not to come between the messages.
    output = Output(os.fdopen(os.dup(1), "wb"))
    os.dup2(2, 1)
    try:
        from p4p.client.thread import Context
    except ImportError as error:
        output.send("no-p4p", reason=str(error), python=sys.executable)
        os._exit(NO_P4P)
    output.send("ready")
    settings = {}
    if options.server is not None:
        settings = {"EPICS_PVA_ADDR_LIST": options.server, "EPICS_PVA_AUTO_ADDR_LIST": "NO"}
    context = Context("pva", conf=settings, nt=False)
    monitor = context.monitor(
        options.channel,
        Images(output).tell,
        request=REQUEST.format(queue=max(4, options.queue)),
        notify_disconnect=True,
    )
    sys.stdin.buffer.read()
    monitor.close()
    os._exit(0)


if __name__ == "__main__":
    main()
