"""midas-integrate's sender and server, for test/stream/midas-socket/midas-live.test.ts.

    python midas-peer.py send PORT          sends the images of its input
    python midas-peer.py serve FOLDER       says its port, and integrates what comes

Images are JSON lines: {"dtype", "values", "number"}; of 12 × 16 pixels.
"""

import json
import sys
import warnings

import numpy as np
from midas_integrate import IntegrationParams, build_csr, build_map
from midas_integrate import server
from midas_integrate.server import FrameServer, send_frame

warnings.simplefilter("ignore")
ROWS, COLUMNS = 12, 16


def send(port):
    import socket

    with socket.create_connection(("127.0.0.1", port)) as connection:
        for line in sys.stdin:
            job = json.loads(line)
            image = np.array(job["values"], job["dtype"]).reshape(ROWS, COLUMNS)
            send_frame(image, sock=connection, dataset_num=job["number"])


def serve(folder):
    params = IntegrationParams(
        NrPixelsY=COLUMNS, NrPixelsZ=ROWS, pxY=200, pxZ=200, Lsd=20000, BC_y=7.5, BC_z=5.5,
        RMin=1, RMax=9, RBinSize=1, EtaBinSize=90, Normalize=0,
    )
    geometry = build_csr(
        build_map(params).as_pixel_map(), n_r=params.n_r_bins, n_eta=params.n_eta_bins,
        n_pixels_y=COLUMNS, n_pixels_z=ROWS, build_modes=("floor",),
    )

    # Its own integration, and the pixels that it was given.
    integrate = server.integrate

    def watched(image, *arguments, **options):
        print(json.dumps(image.double().reshape(-1).tolist()), flush=True)
        return integrate(image, *arguments, **options)

    server.integrate = watched
    frames = FrameServer(geom=geometry, params=params, out_dir=folder, host="127.0.0.1", port=0)
    with frames:
        print(frames._server.server_address[1], flush=True)
        sys.stdin.read()


if sys.argv[1] == "send":
    send(int(sys.argv[2]))
else:
    serve(sys.argv[2])
