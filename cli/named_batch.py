"""A named batch: a directory's files under one name, started by its manifest."""

import json
from pathlib import Path

from cli.submission import Upload, plan_upload
from lambdas.shared.manifest import MAX_DOCUMENTS, read_manifest, read_member_key
from lambdas.shared.model import Frozen
from lambdas.shared.refusal import RefusedError

_MANIFEST = "manifest.json"


class BatchPlan(Frozen):
    """What to upload for a batch; the manifest goes last, for it starts the batch."""

    name: str
    uploads: tuple[Upload, ...]
    manifest_key: str
    manifest: bytes
    absent_keys: tuple[str, ...]
    """What the manifest names and the directory lacks: it will be reported as missing."""
    left_out: tuple[str, ...]
    """Hidden files, and manifests deeper down."""


def plan_batch(directory: Path, name: str, *, max_bytes: int) -> BatchPlan:
    """Plans a batch of every file below the directory.

    A manifest.json in the directory is used as it stands; without one, a manifest that lists
    every file is made. Raises ValueError saying what makes the batch impossible.
    """
    prefix = f"batches/{name}/"
    if not _is_batch_name(name):
        msg = (
            f"{name!r} is no name for a batch: at most 60 letters, digits, - and _ (ASCII),"
            " beginning with a letter or digit"
        )
        raise ValueError(msg)
    paths, left_out = _list_files(directory)
    if len(paths) > MAX_DOCUMENTS:
        msg = f"{directory} has {len(paths)} files; at most {MAX_DOCUMENTS} make a batch"
        raise ValueError(msg)
    own = directory / _MANIFEST
    manifest = own.read_bytes() if own.is_file() else _make_manifest(paths)
    try:
        listed = read_manifest(manifest)
    except RefusedError as error:
        msg = f"{own}: {error}"
        raise ValueError(msg) from error
    if not listed and not paths:
        msg = f"{directory} has no files to make a batch of"
        raise ValueError(msg)
    return BatchPlan(
        name=name,
        uploads=tuple(
            plan_upload(directory / path, prefix + path, max_bytes=max_bytes) for path in paths
        ),
        manifest_key=prefix + _MANIFEST,
        manifest=manifest,
        absent_keys=tuple(prefix + path for path in listed if path not in set(paths)),
        left_out=tuple(left_out),
    )


def _list_files(directory: Path) -> tuple[list[str], list[str]]:
    taken: list[str] = []
    left_out: list[str] = []
    for file in sorted(directory.rglob("*")):
        path = file.relative_to(directory)
        if not file.is_file() or path == Path(_MANIFEST):
            continue
        hidden = any(part.startswith(".") for part in path.parts)
        # Intake takes nothing of that name for a document, wherever in the batch it lies.
        (left_out if hidden or path.name == _MANIFEST else taken).append(path.as_posix())
    return taken, left_out


def _make_manifest(paths: list[str]) -> bytes:
    return json.dumps({"documents": paths}, ensure_ascii=False, indent=2).encode()


def _is_batch_name(name: str) -> bool:
    member = read_member_key(f"batches/{name}/{_MANIFEST}")
    return member is not None and member.name == name
