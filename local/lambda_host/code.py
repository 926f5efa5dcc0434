"""Where a function's code is: an unpacked archive, or the working tree."""

from __future__ import annotations

import hashlib
import io
import shutil
import tempfile
import threading
import time
import zipfile
from pathlib import Path


def unpack(archive: bytes, below: Path) -> Path:
    """Return the directory with the archive's files, named after its digest.

    Unpacking goes to a directory beside it that is then renamed, so that nobody sees half of it.
    """
    directory = below / hashlib.sha256(archive).hexdigest()[:32]
    if directory.exists():
        return directory
    below.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(dir=below))
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        opened.extractall(unfinished)
    try:
        unfinished.rename(directory)
    except OSError:
        shutil.rmtree(unfinished)  # Somebody else was faster.
    return directory


class Sources:
    """Notices that somebody edited the code that functions of package type Image run from."""

    _LOOK_SECONDS = 1.0

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seen: dict[Path, tuple[float, float]] = {}

    def newest(self, code: Path, handler: str) -> float:
        """Return when a file of the handler's top package was last changed."""
        top = code / handler.partition(".")[0]
        with self._lock:
            looked, newest = self._seen.get(top, (float("-inf"), 0.0))
            now = time.monotonic()
            if now - looked > self._LOOK_SECONDS:
                files = top.rglob("*.py") if top.is_dir() else [top.with_suffix(".py")]
                newest = max((f.stat().st_mtime for f in files if f.is_file()), default=0.0)
                self._seen[top] = (now, newest)
            return newest
