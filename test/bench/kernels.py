"""Measures this package's kernel against others, by turns; a line of JSON for each pair.

Arguments: the names of two kernels, and how many pairs. JUPYTER_PATH must name their folders.
"""

import json
import statistics
import sys
import time

import psutil
from jupyter_client.manager import KernelManager

CELLS = 20
TIMEOUT = 60
# Seconds after which a kernel that has nothing to do is at rest.
REST = 2


def measure(name):
    manager = KernelManager(kernel_name=name)
    begin = time.perf_counter()
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    try:
        client.kernel_info()
        client.get_shell_msg(timeout=TIMEOUT)
        ready = time.perf_counter() - begin
        run(client, "1 + 1")
        first = time.perf_counter() - begin
        cells = [run(client, f"{i} + {i}") for i in range(CELLS)]
        time.sleep(REST)
        memory = psutil.Process(manager.provisioner.pid).memory_info().rss
        return {
            "ready": ready,
            "first": first,
            "cell": statistics.median(cells),
            "memory": memory,
        }
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def run(client, code):
    """Seconds until a cell was answered."""
    begin = time.perf_counter()
    sent = client.execute(code)
    reply = client.get_shell_msg(timeout=TIMEOUT)
    seconds = time.perf_counter() - begin
    assert reply["parent_header"]["msg_id"] == sent and reply["content"]["status"] == "ok", reply
    return seconds


ours, theirs, pairs = sys.argv[1:]
for _ in range(int(pairs)):
    print(json.dumps({"our": measure(ours), "their": measure(theirs)}), flush=True)
