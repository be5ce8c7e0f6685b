"""A process that dies by SIGKILL at the step of the file system that it is told, and the one that forks it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from download_client.archive import Files


class Mortal(Files):
    """Real files; each call is a step or several, and in the middle of some of them half the work is done."""

    left = 0
    """Steps until it dies."""

    def step(self) -> None:
        """One step nearer."""
        Mortal.left -= 1
        if Mortal.left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def write(self, path: str, data: bytes) -> None:
        self.step()
        descriptor = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC)
        os.write(descriptor, data[: len(data) // 2])
        self.step()
        os.close(descriptor)
        super().write(path, data)
        self.step()

    def append(self, path: str, data: bytes) -> None:
        self.step()
        if Mortal.left == 0:
            with open(path, "ab") as file:  # noqa: PTH123 - a text, as the archive has it
                file.write(data[: len(data) * 2 // 3])
            self.step()
        super().append(path, data)
        self.step()

    def rename_new(self, source: str, target: str) -> None:
        self.step()
        super().rename_new(source, target)
        self.step()

    def replace(self, source: str, target: str) -> None:
        self.step()
        super().replace(source, target)
        self.step()

    def make_folder(self, path: str) -> None:
        super().make_folder(path)
        self.step()

    def remove(self, path: str) -> None:
        self.step()
        super().remove(path)
        self.step()

    def remove_folder(self, path: str) -> None:
        self.step()
        super().remove_folder(path)

    def flush(self, paths: Sequence[str], *, root: str) -> dict[str, OSError]:
        self.step()
        return super().flush(paths, root=root)

    def flush_folders(self, paths: Collection[str]) -> None:
        self.step()
        super().flush_folders(paths)


@contextmanager
def forking(script: str, *words: str) -> Iterator[subprocess.Popen[str]]:
    """A process that runs `script`, which forks one child per line of its standard input; it ends with that."""
    with subprocess.Popen(
        [sys.executable, "-c", script, *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    ) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()
