"""A kernel and its client, for tests that look at single messages."""

import json
import time
import traceback
from queue import Empty

from jupyter_client.manager import KernelManager

TIMEOUT = 20


class Client:
    """Starts the kernel "cakelab" and speaks to it."""

    def __init__(self, **options):
        self.manager = KernelManager(kernel_name="cakelab", **options)
        self.manager.start_kernel()
        self.connect()

    def connect(self):
        self.kc = self.manager.client()
        self.kc.start_channels()
        self.kc.wait_for_ready(timeout=60)

    def restart(self, **how):
        self.manager.restart_kernel(**how)
        self.kc.stop_channels()
        self.connect()

    def send(self, type, content, channel="shell", buffers=None):
        message = self.kc.session.msg(type, content)
        socket = getattr(self.kc, f"{channel}_channel").socket
        self.kc.session.send(socket, message, buffers=buffers)
        return message["header"]["msg_id"]

    def reply_to(self, id, channel="shell", timeout=TIMEOUT):
        """The reply to a request; replies to others that come before it are left out."""
        deadline = time.time() + timeout
        while True:
            message = getattr(self.kc, f"get_{channel}_msg")(timeout=max(0, deadline - time.time()))
            if message["parent_header"].get("msg_id") == id:
                return message

    def ask(self, type, content=None, channel="shell", timeout=TIMEOUT):
        """The content of the reply to a request."""
        return self.reply_to(self.send(type, content or {}, channel), channel, timeout)["content"]

    def until_idle(self, id, timeout=TIMEOUT):
        """What was published on behalf of a request, its `busy` and `idle` included."""
        found = []
        deadline = time.time() + timeout
        while True:
            message = self.kc.get_iopub_msg(timeout=max(0, deadline - time.time()))
            if message["parent_header"].get("msg_id") != id:
                continue
            found.append(message)
            if message["content"].get("execution_state") == "idle":
                return found

    def execute(self, code, timeout=TIMEOUT, **options):
        """The reply to a cell and what it published, without its states and its input."""
        id = self.kc.execute(code, **options)
        reply = self.reply_to(id, timeout=timeout)["content"]
        quiet = ("status", "execute_input")
        return reply, [m for m in self.until_idle(id) if m["msg_type"] not in quiet]

    def nothing_published(self, seconds=0.2):
        try:
            return [self.kc.get_iopub_msg(timeout=seconds)]
        except Empty:
            return []

    def exit_code(self, seconds=10):
        """The exit code of the process once it has ended."""
        return self.manager.provisioner.process.wait(timeout=seconds)

    def stop(self):
        self.kc.stop_channels()
        self.manager.shutdown_kernel(now=True)


def run_checks(checks, *arguments):
    """Calls each check and prints, as JSON, what became of it: null or why it failed."""
    results = {}
    for check in checks:
        try:
            check(*arguments)
            results[check.__name__] = None
        except Exception:
            results[check.__name__] = traceback.format_exc(limit=-3)
    print(json.dumps(results))
