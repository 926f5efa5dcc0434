"""The way to the OCR process: started with the first picture, started anew when it dies."""

from __future__ import annotations

import logging
import os
import pickle
import struct
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from queue import Queue
from typing import IO, Any

from local.textract.api.errors import BadDocumentError
from local.textract.pages.page import Page
from local.textract.pages.pdf import Picture

_LOG = logging.getLogger(__name__)
_LENGTH = struct.Struct("<Q")
# More threads gain little on one page and starve the rest of a small machine.
MOST_THREADS = 2
_SECONDS_TO_STOP = 5.0
# From here the child finds this package, wherever the server was started.
_ROOT = Path(__file__).parents[3]


class OcrDiedError(Exception):
    """The OCR process ended while it read a page."""


@dataclass(frozen=True, slots=True)
class PictureRequest:
    """A rendered page to read."""

    picture: Picture
    number: int


@dataclass(frozen=True, slots=True)
class ImageRequest:
    """One frame of an image file to read."""

    data: bytes
    frame: int
    number: int


@dataclass(frozen=True, slots=True)
class Damaged:
    """The answer to an image that cannot be decoded."""

    reason: str


def send(stream: IO[bytes], message: object) -> None:
    """Write one message: its length, then its pickle. Both ends are this program."""
    data = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:  # noqa: ANN401  (whatever was sent)
    """Read one message; raises EOFError when the other end is gone."""
    header = stream.read(_LENGTH.size)
    if len(header) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(header)
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return pickle.loads(data)


class OcrProcess:
    """One child process, about 1 GB once it has read a page; used by one thread at a time."""

    def __init__(self, threads: int) -> None:
        self._threads = threads
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False

    @property
    def pid(self) -> int | None:
        """The child's process id, if there is one."""
        return self._process.pid if self._process else None

    def ask(self, request: PictureRequest | ImageRequest) -> Page | Damaged:
        """Send one page and wait for its reading; raises OcrDiedError when the child ends."""
        process = self._start()
        assert process.stdin
        assert process.stdout
        try:
            send(process.stdin, request)
            answer: Page | Damaged = receive(process.stdout)
        except (EOFError, OSError) as error:
            self.stop()
            raise OcrDiedError(f"OCR process {process.pid} ended") from error
        return answer

    def _start(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        if self._closed:
            raise OcrDiedError("The server is ending")
        environment = dict(os.environ, OMP_NUM_THREADS=str(self._threads))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "local.textract.pages.ocr_process", str(self._threads)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            cwd=_ROOT,
        )
        _LOG.info("OCR process %s started", self._process.pid)
        return self._process

    def close(self) -> None:
        """End the child and start no more."""
        self._closed = True
        self.stop()

    def stop(self) -> None:
        """End the child, by force if it does not follow."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(_SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except BrokenPipeError:
                    _LOG.debug("The OCR process left a request unread")


class Ocr:
    """The OCR processes of this server, lent out one page at a time."""

    def __init__(self, workers: int = 1) -> None:
        threads = max(1, MOST_THREADS // workers)
        self._processes = [OcrProcess(threads) for _ in range(workers)]
        self._free: Queue[OcrProcess] = Queue()
        for process in self._processes:
            self._free.put(process)

    def read_picture(self, picture: Picture, number: int) -> Page:
        """The page of a rendered picture."""
        return self._read(PictureRequest(picture, number))

    def read_image(self, data: bytes, frame: int, number: int) -> Page:
        """The page of one frame of an image file; raises BadDocumentError when it is damaged."""
        return self._read(ImageRequest(data, frame, number))

    def _read(self, request: PictureRequest | ImageRequest) -> Page:
        process = self._free.get()
        try:
            answer = process.ask(request)
        finally:
            self._free.put(process)
        if isinstance(answer, Damaged):
            raise BadDocumentError(answer.reason)
        return answer

    @property
    def pids(self) -> list[int]:
        """The process ids of the children that run."""
        return [process.pid for process in self._processes if process.pid]

    def stop(self) -> None:
        """End every child and start no more."""
        for process in self._processes:
            process.close()
