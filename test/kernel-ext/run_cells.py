"""Runs cells in one kernel and prints what came back, as JSON.

Reads {"cells": [...], "folder": "...", "stopOnError": bool, "together": bool, "interruptAfter":
seconds} from standard input; only the first two must be there.
"""

import json
import sys
import threading
import time

from jupyter_client.manager import start_new_kernel

request = json.load(sys.stdin)
manager, client = start_new_kernel(
    kernel_name="cakelab", cwd=request["folder"], startup_timeout=100
)
stop_on_error = request.get("stopOnError", False)
interrupt_after = request.get("interruptAfter")


def run_one_by_one():
    for code in request["cells"]:
        outputs = []

        def keep(message):
            if message["msg_type"] not in ("status", "execute_input"):
                outputs.append({"type": message["msg_type"], **message["content"]})

        interrupt = threading.Timer(interrupt_after or 0, manager.interrupt_kernel)
        if interrupt_after is not None:
            interrupt.start()
        reply = client.execute_interactive(
            code, output_hook=keep, timeout=60, stop_on_error=stop_on_error
        )
        interrupt.cancel()
        yield {"reply": reply["content"], "outputs": outputs}


def run_together():
    sent = [client.execute(code, stop_on_error=stop_on_error) for code in request["cells"]]
    replies = {}
    # Replies to what the client asked while the kernel started may still come.
    while not all(name in replies for name in sent):
        reply = client.get_shell_msg(timeout=60)
        replies[reply["parent_header"]["msg_id"]] = reply["content"]
    return [{"reply": replies[name], "outputs": []} for name in sent]


runs = list(run_together() if request.get("together") else run_one_by_one())
info = client.kernel_info(reply=True, timeout=60)["content"]
client.shutdown()
deadline = time.time() + 10
while manager.is_alive() and time.time() < deadline:
    time.sleep(0.02)
exit_code = manager.provisioner.process.returncode if manager.provisioner.process else 0
alive = manager.is_alive()
manager.shutdown_kernel(now=True)
print(json.dumps({"runs": runs, "info": info, "exitCode": exit_code, "alive": alive}))
