"""Looking at one object: from an arrival to a document, and to the reason if it is refused."""

import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from lambdas.intake.arrival import Arrival
from lambdas.intake.content import Content, inspect
from lambdas.shared.contracts import Document, Reason
from lambdas.shared.identity import document_id
from lambdas.shared.refusal import RefusedError

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_CHUNK = 1 << 20
ABSENT = {"404", "NoSuchKey", "NoSuchVersion", "NotFound", "405", "MethodNotAllowed"}
"""405 is S3's answer about a version that is a delete marker."""


@dataclass(frozen=True)
class Limits:
    """What a document may have at most."""

    pages: int
    size_bytes: int


@dataclass(frozen=True)
class Examined:
    """A document as far as it could be read; without a refusal it can be processed."""

    document: Document
    refusal: Reason | None


def examine(arrival: Arrival, *, batch_id: str, limits: Limits, s3: "S3Client") -> Examined:
    """Downloads and inspects one object; what is wrong with it becomes the refusal."""
    facts: dict[str, str | int] = {}
    refusal = None
    try:
        with tempfile.NamedTemporaryFile(prefix="intray-") as file:
            content = _read(arrival, Path(file.name), facts, limits=limits, s3=s3)
            facts |= {"media_type": content.media_type, "pages": content.pages}
    except RefusedError as error:
        refusal = error.reason
    document = Document(
        id=document_id(arrival.bucket, arrival.key, arrival.version_id),
        batch_id=batch_id,
        bucket=arrival.bucket,
        key=arrival.key,
        version_id=arrival.version_id,
        received_at=arrival.arrived_at,
        media_type=str(facts.get("media_type", "")),
        size_bytes=int(facts.get("size_bytes", 0)),
        pages=int(facts.get("pages", 0)),
        content_sha256=str(facts.get("content_sha256", "")),
    )
    return Examined(document, refusal)


def _read(
    arrival: Arrival,
    path: Path,
    facts: dict[str, str | int],
    *,
    limits: Limits,
    s3: "S3Client",
) -> Content:
    if arrival.key.endswith("/"):
        raise RefusedError("not_a_document", "This is a folder marker, not a document.")
    try:
        # The newest version may be another upload, but not a delete: then it was withdrawn.
        s3.head_object(Bucket=arrival.bucket, Key=arrival.key)
        reply = s3.get_object(Bucket=arrival.bucket, Key=arrival.key, VersionId=arrival.version_id)
    except ClientError as error:
        if error.response["Error"]["Code"] not in ABSENT:
            raise
        message = "The object was deleted before it could be read."
        raise RefusedError("deleted", message) from error
    size = reply["ContentLength"]
    facts["size_bytes"] = size
    if size > limits.size_bytes:
        message = (
            f"The file has {size / 1e6:,.2f} MB;"
            f" at most {limits.size_bytes / 1e6:,.2f} MB can be processed."
        )
        raise RefusedError("too_large", message)
    digest = hashlib.sha256()
    with path.open("wb") as file:
        for chunk in reply["Body"].iter_chunks(_CHUNK):
            digest.update(chunk)
            file.write(chunk)
    facts["content_sha256"] = digest.hexdigest()
    return inspect(path, name=arrival.key, max_pages=limits.pages)
