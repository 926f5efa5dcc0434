"""Reads what a process prints, line by line."""

from __future__ import annotations

import os
import select
import threading
import time
from collections.abc import Callable
from typing import IO

_CHUNK_BYTES = 65536


class OutputReader:
    """Hands each line that arrives in a pipe to `write`.

    The lock is held from the read of a chunk until its last line is written, so that `catch_up`
    can tell that everything printed before it was called has been written.
    """

    def __init__(self, pipe: IO[bytes], write: Callable[[str], None]) -> None:
        self._pipe = pipe
        self._write = write
        self._lock = threading.Lock()
        self._partial = b""

    def read_until_end(self, is_over: Callable[[], bool]) -> None:
        """Read to the end of the pipe, or until nothing comes and `is_over` says so.

        The second end is for a process that left behind a child which holds the pipe open.
        """
        while True:
            if self._has_output(1.0):
                with self._lock:
                    chunk = os.read(self._pipe.fileno(), _CHUNK_BYTES)
                    self._take(chunk)
                if not chunk:
                    break
            elif is_over():
                break
        with self._lock:
            if self._partial:
                self._take(b"\n")
            self._pipe.close()

    def catch_up(self, seconds: float) -> None:
        """Wait until what has been printed so far is written, at most for so long."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            with self._lock:
                if self._pipe.closed or not self._has_output(0):
                    return
            time.sleep(0.001)

    def _has_output(self, seconds: float) -> bool:
        # poll, not select: this process holds more descriptors than select can name.
        poll = select.poll()
        poll.register(self._pipe, select.POLLIN | select.POLLHUP)
        return bool(poll.poll(seconds * 1000))

    def _take(self, chunk: bytes) -> None:
        *lines, self._partial = (self._partial + chunk).split(b"\n")
        for line in lines:
            self._write(line.decode(errors="replace").rstrip("\r"))
