"""Fetches the model package that a function was told to run: that very one, or none."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from lambdas.classify.package import (
    DESCRIPTION,
    MODEL,
    TOKENIZER,
    ModelPackage,
    compute_digest,
    name_key,
    parse_description,
)
from lambdas.shared.contracts import ObjectPointer
from lambdas.shared.errors import ModelPackageError, ObjectMissingError
from lambdas.shared.storage import read_bytes

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_NEEDED = (DESCRIPTION, MODEL, TOKENIZER)
"""What running a package takes; the rest is for people."""


def fetch_package(s3: "S3Client", bucket: str, digest: str, directory: Path) -> ModelPackage:
    """Fetches a package's files, all at once, and puts them into a directory.

    Raises ModelPackageError naming every file that is missing or not the one that was built.
    """
    place = f"s3://{bucket}/{name_key(digest, '')}"
    with ThreadPoolExecutor(len(_NEEDED)) as workers:
        keys = [name_key(digest, name) for name in _NEEDED]
        found = workers.map(lambda key: _read(s3, ObjectPointer(bucket=bucket, key=key)), keys)
        contents = dict(zip(_NEEDED, found, strict=True))
    present = {name: content for name, content in contents.items() if content is not None}
    if missing := [f"{name} is missing" for name in contents if name not in present]:
        raise ModelPackageError(f"{place}: {'; '.join(missing)}")
    description = parse_description(present.pop(DESCRIPTION), place)
    faults = [
        f"{name} does not match its digest"
        for name, content in present.items()
        if hashlib.sha256(content).hexdigest() != description.files.get(name)
    ]
    if (described := compute_digest(description)) != digest:
        faults.append(f"{DESCRIPTION} describes {described}")
    if faults:
        raise ModelPackageError(f"{place}: {'; '.join(faults)}")
    directory.mkdir(parents=True, exist_ok=True)
    for name, content in present.items():
        (directory / name).write_bytes(content)
    return ModelPackage(directory, description, digest)


def _read(s3: "S3Client", pointer: ObjectPointer) -> bytes | None:
    try:
        return read_bytes(s3, pointer)
    except ObjectMissingError:
        return None
