"""Planning what to upload under which key, with a warning where it can only be refused."""

import re
from collections.abc import Iterable
from pathlib import Path

from lambdas.shared.model import Frozen

_EXTENSIONS = {".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff"}
_PLAIN = re.compile(r"[^A-Za-z0-9!_.*'()/-]+")
_LONGEST_KEY = 1024
"""Bytes of UTF-8, S3's limit."""


class Upload(Frozen):
    """One file and the key that it goes to."""

    file: Path
    key: str
    size_bytes: int
    warnings: tuple[str, ...] = ()


def plan_uploads(
    files: Iterable[Path], *, prefix: str = "", sanitise: bool = False, max_bytes: int
) -> list[Upload]:
    """Gives each file its key: the prefix and its name; raises ValueError for impossible keys."""
    return _distinct(
        plan_upload(file, prefix + file.name, sanitise=sanitise, max_bytes=max_bytes)
        for file in files
    )


def plan_upload(file: Path, key: str, *, sanitise: bool = False, max_bytes: int) -> Upload:
    """Plans one file; raises ValueError when S3 cannot take the key."""
    if sanitise:
        key = _PLAIN.sub("-", key)
    try:
        length = len(key.encode())
    except UnicodeEncodeError as error:
        msg = f"the name of {key!a} is not valid Unicode: rename the file, or use --sanitise"
        raise ValueError(msg) from error
    if length > _LONGEST_KEY:
        msg = f"the key {key[:60]}… has {length} bytes; S3 takes {_LONGEST_KEY}"
        raise ValueError(msg)
    size_bytes = file.stat().st_size
    return Upload(
        file=file,
        key=key,
        size_bytes=size_bytes,
        warnings=tuple(_foresee(key, size_bytes, max_bytes)),
    )


def _foresee(key: str, size_bytes: int, max_bytes: int) -> Iterable[str]:
    if size_bytes == 0:
        yield "it is empty and will be rejected"
    if size_bytes > max_bytes:
        yield (
            f"it has {size_bytes / 1e6:,.1f} MB and will be rejected:"
            f" at most {max_bytes / 1e6:,.1f} MB are processed"
        )
    if Path(key).suffix.lower() not in _EXTENSIONS:
        yield "its name is not that of a PDF, PNG, JPEG or TIFF: it is processed if it is one"


def _distinct(uploads: Iterable[Upload]) -> list[Upload]:
    by_key: dict[str, Upload] = {}
    for upload in uploads:
        if other := by_key.get(upload.key):
            msg = (
                f"{other.file} and {upload.file} would both become {upload.key!r}:"
                " submit them apart, with different --prefix"
            )
            raise ValueError(msg)
        by_key[upload.key] = upload
    return list(by_key.values())
