"""Finished results on disk: blocks are written once, as they will be sent, and read by slice."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from threading import Lock
from typing import IO

from local.textract.blocks import Block


class BlockFile:
    """The blocks of one job, one JSON text a line; a long document never stays in memory."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._offsets = [0]
        self._file: IO[bytes] | None = path.open("wb")
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def extend(self, blocks: Iterable[Block]) -> None:
        """Add blocks at the end; only before `finish`."""
        assert self._file is not None
        for block in blocks:
            line = json.dumps(block, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"
            self._file.write(line)
            self._offsets.append(self._offsets[-1] + len(line))

    def finish(self) -> None:
        """Close the file for writing."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def slice(self, start: int, count: int) -> list[Block]:
        """Blocks from `start` on, at most `count`."""
        end = min(start + count, len(self))
        with self._lock, self._path.open("rb") as file:
            file.seek(self._offsets[start])
            data = file.read(self._offsets[end] - self._offsets[start])
        return [json.loads(line) for line in data.splitlines()]

    def discard(self) -> None:
        """Delete the file."""
        self.finish()
        self._path.unlink(missing_ok=True)
