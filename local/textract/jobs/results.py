"""Finished results on disk: blocks are written once, as they will be sent, and read by slice."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from local.textract.blocks import Block

# Every member that the output's files spell out.
_EMPTY: Block = dict.fromkeys(
    (
        "BlockType", "ColumnIndex", "ColumnSpan", "Confidence", "EntityTypes", "Geometry", "Hint",
        "Id", "Page", "PageClassification", "Query", "Relationships", "RowIndex", "RowSpan",
        "SelectionStatus", "Text", "TextType",
    )
)  # fmt: skip
_ENCODER = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False)


class BlockFile:
    """The blocks of one job, one JSON text a line; a long document never stays in memory."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._offsets = [0]
        self._file: IO[bytes] | None = path.open("wb")

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def extend(self, blocks: Iterable[Block]) -> None:
        """Add blocks at the end; only before `finish`."""
        assert self._file is not None
        for block in blocks:
            line = _ENCODER.encode({**_EMPTY, **block}).encode() + b"\n"
            self._file.write(line)
            self._offsets.append(self._offsets[-1] + len(line))

    def finish(self) -> None:
        """Close the file for writing."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def slice(self, start: int, count: int) -> list[Block]:
        """Blocks from `start` on, at most `count`, each with the members that it has."""
        return [
            {name: value for name, value in json.loads(line).items() if value is not None}
            for line in self._read(start, count)
        ]

    def slice_text(self, start: int, count: int) -> bytes:
        """The same blocks as one JSON array with every member spelt out, null where there is none.

        So the service writes its output; nothing is parsed again for it.
        """
        return b"[" + b",".join(self._read(start, count)) + b"]"

    def _read(self, start: int, count: int) -> list[bytes]:
        end = min(start + count, len(self))
        with self._path.open("rb") as file:
            file.seek(self._offsets[start])
            data = file.read(self._offsets[end] - self._offsets[start])
        return data.splitlines()

    def discard(self) -> None:
        """Delete the file."""
        self.finish()
        self._path.unlink(missing_ok=True)
