"""Files in the registry's bucket: each is written once, and never changes."""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError
from pydantic import ValidationError

from cli.failures import NotGoodError
from lambdas.classify.package import (
    DESCRIPTION,
    ModelPackage,
    PackageDescription,
    compute_digest,
    name_key,
)

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_TYPES = {".json": "application/json", ".md": "text/markdown", ".svg": "image/svg+xml"}


def upload_package(s3: "S3Client", bucket: str, package: ModelPackage) -> list[str]:
    """Uploads what is not there yet, package.json last; returns the names of what was uploaded.

    Raises NotGoodError when something else lies under a name.
    """
    uploaded = []
    for name in [*sorted(package.description.files), DESCRIPTION]:
        key = name_key(package.digest, name)
        content = (package.directory / name).read_bytes()
        if put_once(s3, bucket, key, content):
            uploaded.append(name)
        elif not _is_same(s3.get_object(Bucket=bucket, Key=key)["Body"].read(), package, name):
            raise NotGoodError(
                f"s3://{bucket}/{key} is not this package's {name}, and nobody may replace it:"
                " find out who put it there."
            )
    return uploaded


def put_once(s3: "S3Client", bucket: str, key: str, content: bytes) -> bool:
    """Writes an object; False when there is one of that name already."""
    kind = _TYPES.get(Path(key).suffix, "application/octet-stream")
    try:
        s3.put_object(Bucket=bucket, Key=key, Body=content, ContentType=kind, IfNoneMatch="*")
    except ClientError as error:
        if error.response.get("Error", {}).get("Code") == "PreconditionFailed":
            return False
        raise
    return True


def _is_same(content: bytes, package: ModelPackage, name: str) -> bool:
    if name != DESCRIPTION:
        return hashlib.sha256(content).hexdigest() == package.description.files[name]
    # Built at another commit it has other bytes, and is the same package.
    try:
        return compute_digest(PackageDescription.model_validate_json(content)) == package.digest
    except ValidationError:
        return False
