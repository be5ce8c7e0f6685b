"""Every fault at once, by chance, under clients of every rudeness: afterwards the front is as good as new."""

from __future__ import annotations

import contextlib
import gc
import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import pytest

from mir_sandbox.faults.catalogue import CATALOGUE
from tests.mir_sandbox.front_stage import AUDIO, CONTENT, LISTING, ME, Client, Stage, stage
from tests.mir_sandbox.test_front import _trusting

VISITS = 240
SMALL = {"huge-json": {"bytes": 2_000_000}, "compression-bomb": {"bytes": 20_000_000}}
QUICK = {"drip": {"bytes": 2000, "every": 0.01}, "slow-headers": {"every": 0.001}, "slow-first-byte": {"seconds": 0.01}}


def _visit(front: Stage, seed: int) -> None:
    """Some requests in odd pieces, some of the answers read in odd pieces, and away."""
    random = Random(seed)
    context = _trusting(front) if front.sandbox.ca_file else None
    with contextlib.suppress(OSError), Client(front.port(), context=context, patience=0.5) as client:
        client.socket.settimeout(0.1)
        for _ in range(random.randint(1, 4)):
            requests = b""
            for _ in range(random.randint(1, 3)):
                line = f"{random.choice(['GET', 'HEAD', 'GET'])} {random.choice([ME, CONTENT, LISTING])} HTTP/1.1\r\n"
                requests += (line + random.choice(["", "Range: bytes=100-\r\n"]) + "Host: x\r\n\r\n").encode()
            while requests:
                size = random.randint(1, 200)
                client.socket.sendall(requests[:size])
                requests = requests[size:]
            for _ in range(random.randint(0, 5)):
                if not client.socket.recv(random.choice([10, 1000, 100_000])):
                    return
        if random.random() < 0.3:
            client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")


@pytest.mark.parametrize("tls", [False, True])
def test_chaos(tmp_path: Path, tls: bool) -> None:
    with stage(tmp_path, tls=tls) as front:
        for seed, fault in enumerate(CATALOGUE):
            if fault.name != "refuse":
                parameters = SMALL.get(fault.name) or QUICK.get(fault.name) or {}
                where = {} if fault.at_accept else {"route": "any"}
                front.sandbox.fault(fault.name, parameters, where=where, probability=0.03, seed=seed)
        with ThreadPoolExecutor(8) as pool:
            visits = [pool.submit(_visit, front, seed) for seed in range(VISITS)]
            for visit in visits:
                visit.result()
        assert sum(fault["hits"] for fault in front.sandbox.faults()) > VISITS / 2
        front.sandbox.clear()
        context = _trusting(front) if tls else None
        with Client(front.port(), context=context) as client:
            for _ in range(20):
                client.send(CONTENT)
                assert client.hear(keep_open=True).body == AUDIO
        endings = {entry["ending"] for entry in front.sandbox.journal()}
        assert {"complete", "clientLeft", "closed"} <= endings
        assert "broken" not in endings
    gc.collect()
