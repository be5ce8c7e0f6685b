"""The machine of a measurement: its tools, installed where they are missing, and how it is described."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from bench.measure import BenchFailed

_PACKAGES = {"nginx": "nginx-light", "curl": "curl", "rclone": "rclone", "aria2c": "aria2"}
_PLACES = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"


def install_tools() -> None:
    """See to it that nginx, curl, rclone and aria2 are there. Raises `BenchFailed` where only a person can do it."""
    os.environ["PATH"] = _PLACES
    missing = sorted({package for command, package in _PACKAGES.items() if shutil.which(command) is None})
    if not missing:
        return
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        raise BenchFailed(f"missing, and only root on Debian can install them here: {' '.join(missing)}")
    print("installing", *missing, flush=True)
    subprocess.run(["apt-get", "update", "-qq"], check=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing],
        check=True,
        env=environment,
        stdout=subprocess.DEVNULL,
    )


def versions() -> dict[str, str]:
    """First line of what each tool says of its version."""
    words = {
        "nginx": ["nginx", "-v"],
        "curl": ["curl", "--version"],
        "rclone": ["rclone", "version"],
        "aria2": ["aria2c", "--version"],
    }
    said = {}
    for name, command in words.items():
        ended = subprocess.run(command, capture_output=True, text=True, check=True)
        said[name] = (ended.stdout or ended.stderr).splitlines()[0].strip()
    return said


def describe() -> dict[str, str]:
    """When and where: what a reader needs to judge the figures."""
    model, memory = "?", "?"
    for line in _lines("/proc/cpuinfo"):
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
            break
    for line in _lines("/proc/meminfo"):
        if line.startswith("MemTotal"):
            memory = f"{int(line.split()[1]) / 2**20:.0f} GiB"
            break
    system = next((line for line in _lines("/etc/os-release") if line.startswith("PRETTY_NAME")), "")
    return {
        "date": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "processor": f"{os.cpu_count()} x {model}",
        "memory": memory,
        "system": f"{system.partition('=')[2].strip(chr(34)) or platform.system()}, Linux {platform.release()}",
        "python": platform.python_version(),
        **versions(),
    }


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
