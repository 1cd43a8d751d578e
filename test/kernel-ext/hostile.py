"""Sends a kernel what no client should, seeded, and asks after each kind whether it still lives."""

import json
import random

import zmq
from client import Client, run_checks

MESSAGES = 40
DELIMITER = b"<IDS|MSG>"
random_bytes = random.Random(20).randbytes
choose = random.Random(21).choice


class Attacker:
    """A peer of the shell or control socket that puts frames together itself."""

    def __init__(self, client):
        self.session = client.kc.session
        self.sockets = []
        for port in (client.kc.shell_port, client.kc.control_port):
            socket = client.kc.context.socket(zmq.DEALER)
            socket.linger = 0
            socket.connect(f"tcp://{client.kc.ip}:{port}")
            self.sockets.append(socket)

    def frames(self, type="kernel_info_request", content=None):
        return self.session.serialize(self.session.msg(type, content or {}))

    def send(self, frames):
        choose(self.sockets).send_multipart(frames)

    def replies(self, expected=0):
        """How many replies came, those that are expected and others within a moment after them."""
        count = 0
        for socket in self.sockets:
            while socket.poll(300 if count >= expected else 10_000):
                socket.recv_multipart()
                count += 1
        return count


def lives(client):
    reply, outputs = client.execute("20 + 22")
    assert reply["status"] == "ok" and outputs[0]["content"]["data"]["text/plain"] == "42"


def bad_json(client, attacker):
    for i in range(MESSAGES):
        parts = attacker.frames()[2:]
        parts[i % 4] = choose([b"", b"{", b"[1]", b"null", b"\xff\xfe", b'{"a":', random_bytes(50)])
        attacker.send([DELIMITER, attacker.session.sign(parts), *parts])
    # A header of another kind than it should be.
    for header in ({}, {"msg_id": 1, "msg_type": "x"}, {"msg_id": "1", "msg_type": None}):
        parts = [json.dumps(header).encode(), b"{}", b"{}", b"{}"]
        attacker.send([DELIMITER, attacker.session.sign(parts), *parts])
    assert attacker.replies() == 0
    lives(client)


def missing_frames(client, attacker):
    for i in range(MESSAGES):
        frames = attacker.frames()
        attacker.send(choose([frames[: i % 6] or [b""], frames[1:], [DELIMITER], [DELIMITER] * 7]))
    assert attacker.replies() == 0
    lives(client)


def bad_signatures(client, attacker):
    for _ in range(MESSAGES):
        frames = attacker.frames()
        good = frames[1]
        flipped = bytes([good[0] ^ 1]) + good[1:]
        frames[1] = choose([b"", good[:-1], flipped, good + b"0", random_bytes(64), b"0" * 64])
        attacker.send(frames)
    # Signed, but changed on the way.
    frames = attacker.frames("execute_request", {"code": "globalThis.intruded = true"})
    frames[5] = frames[5].replace(b"true", b"1234")
    attacker.send(frames)
    assert attacker.replies() == 0
    reply, [result] = client.execute("typeof (globalThis as any).intruded")
    assert result["content"]["data"]["text/plain"] == "'undefined'"


def replays(client, attacker):
    frames = attacker.frames()
    shell = attacker.sockets[0]
    for _ in range(MESSAGES):
        shell.send_multipart(frames)
    assert attacker.replies(1) == 1
    # Another client that has listened in.
    attacker.sockets[1].send_multipart(frames)
    assert attacker.replies() == 0
    lives(client)


def random_frames(client, attacker):
    for i in range(MESSAGES):
        attacker.send([random_bytes(choose([0, 1, 9, 1000])) for _ in range(1 + i % 9)])
    assert attacker.replies() == 0
    lives(client)


def a_hundred_megabytes(client, attacker):
    big = attacker.frames("comm_msg", {"comm_id": "x", "data": "x" * 100_000_000})
    attacker.sockets[0].send_multipart(big, copy=False)
    attacker.sockets[0].send_multipart([*attacker.frames(), bytes(100_000_000)], copy=False)
    lives(client)
    attacker.sockets[0].send_multipart(attacker.frames())
    assert attacker.replies(1) == 1


def strange_contents(client, attacker):
    """Well signed, of a known type, and with contents that are not what they should be."""
    contents = [
        {},
        {"code": None},
        {"code": 5, "cursor_pos": "x"},
        {"code": "a", "cursor_pos": -7},
        {"code": "a", "cursor_pos": 1e300},
        {"code": "1", "user_expressions": [1]},
        {"__proto__": {"polluted": 1}},
        {"comm_id": None, "target_name": [], "data": 5},
        {"hist_access_type": "tail", "n": -4},
        {"hist_access_type": "search", "pattern": "[(*"},
    ]
    types = [
        *("complete_request", "inspect_request", "is_complete_request", "history_request"),
        *("comm_info_request", "comm_open", "comm_msg", "comm_close", "execute_request"),
        *("input_reply", "__proto___request", "constructor_request"),
    ]
    for type in types:
        for content in contents:
            attacker.sockets[0].send_multipart(attacker.frames(type, content))
    requests = [type for type in types if type.endswith("_request")]
    answered = attacker.replies(len(requests) * len(contents))
    assert answered == len(requests) * len(contents), answered
    lives(client)
    reply, [result] = client.execute("typeof ({} as any).polluted")
    assert result["content"]["data"]["text/plain"] == "'undefined'"


CHECKS = [
    bad_json,
    missing_frames,
    bad_signatures,
    replays,
    random_frames,
    strange_contents,
    a_hundred_megabytes,
]

if __name__ == "__main__":
    client = Client()
    try:
        run_checks(CHECKS, client, Attacker(client))
    finally:
        client.stop()
