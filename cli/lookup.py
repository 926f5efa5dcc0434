"""Finding documents by what a person has in hand: an id, a key, or an S3 address."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError
from pydantic import AwareDatetime

from cli.failures import is_denied
from lambdas.shared import documents
from lambdas.shared.contracts import Route
from lambdas.shared.documents import DocumentRecord
from lambdas.shared.identity import document_id
from lambdas.shared.model import Frozen

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table
    from mypy_boto3_s3 import S3Client

_ID = re.compile(r"doc-[0-9a-f]{32}")
ABSENT_VERSION = "missing"
"""The version id under which intake registers what a manifest names and the bucket lacks."""
_SUGGESTIONS = 5
_NEVER = datetime.min.replace(tzinfo=UTC)


class Version(Frozen):
    """One version of a key: an upload, a delete marker, or what a manifest named in vain."""

    version_id: str
    document_id: str
    uploaded_at: AwareDatetime | None
    size_bytes: int | None = None
    latest: bool = False
    deleted: bool = False
    state: str | None = None
    """None: never registered."""
    route: Route | None = None


class Found(Frozen):
    """The document asked for, and every version of its key, newest first."""

    document: DocumentRecord | None
    versions: tuple[Version, ...] = ()
    explanation: str | None = None
    """Why there is no document."""


def find(
    name: str, *, documents_table: "Table", s3: "S3Client", bucket: str, now: datetime
) -> Found:
    """Finds one document by id, key or s3://bucket/key; of several versions, the newest."""
    if _ID.fullmatch(name) and (record := documents.read(documents_table, name)):
        return Found(document=record, versions=_read_siblings(documents_table, s3, record))
    key = name
    if name.startswith("s3://"):
        given, _, key = name.removeprefix("s3://").partition("/")
        if given != bucket:
            explanation = f"Documents of this stack lie in s3://{bucket}, not in s3://{given}."
            return Found(document=None, explanation=explanation)
    if not key:
        return Found(document=None, explanation="An empty name names no document.")
    versions, records = _read_versions(documents_table, s3, bucket, key)
    newest = next((each for each in versions if not each.deleted), None)
    document = records.get(newest.document_id) if newest else None
    if document:
        return Found(document=document, versions=versions)
    explanation = _explain(key, versions, s3=s3, bucket=bucket, now=now)
    return Found(document=None, versions=versions, explanation=explanation)


def find_ids(name: str, *, documents_table: "Table", s3: "S3Client", bucket: str) -> list[str]:
    """The ids of every registered version of a key, newest first; an id stands for itself."""
    if _ID.fullmatch(name):
        return [name]
    key = name.removeprefix(f"s3://{bucket}/")
    versions, _ = _read_versions(documents_table, s3, bucket, key)
    return [version.document_id for version in versions if version.state]


def _read_siblings(
    documents_table: "Table", s3: "S3Client", record: DocumentRecord
) -> tuple[Version, ...]:
    """The versions of a known document's key; none for those who may not look into the bucket."""
    try:
        versions, _ = _read_versions(documents_table, s3, record.bucket, record.key)
    except ClientError as error:
        if not is_denied(error):
            raise
        return ()
    return versions


def _read_versions(
    documents_table: "Table", s3: "S3Client", bucket: str, key: str
) -> tuple[tuple[Version, ...], dict[str, DocumentRecord]]:
    absent = Version(
        version_id=ABSENT_VERSION,
        document_id=document_id(bucket, key, ABSENT_VERSION),
        uploaded_at=None,
    )
    stored = sorted(
        _list_versions(s3, bucket, key),
        # S3 tells seconds: of two versions in one second it says only which is the latest.
        key=lambda each: (each.uploaded_at or _NEVER, each.latest),
        reverse=True,
    )
    ids = [version.document_id for version in (*stored, absent)]
    records = {record.id: record for record in documents.read_many(documents_table, ids)}
    versions = [*stored, absent] if absent.document_id in records else stored
    return tuple(_join(version, records.get(version.document_id)) for version in versions), records


def _list_versions(s3: "S3Client", bucket: str, key: str) -> Iterator[Version]:
    """The versions of exactly this key, which S3 lists before the longer keys."""
    for page in s3.get_paginator("list_object_versions").paginate(Bucket=bucket, Prefix=key):
        uploads, markers = page.get("Versions", []), page.get("DeleteMarkers", [])
        for upload in uploads:
            if upload["Key"] == key:
                yield Version(
                    version_id=upload["VersionId"],
                    document_id=document_id(bucket, key, upload["VersionId"]),
                    uploaded_at=upload["LastModified"],
                    size_bytes=upload["Size"],
                    latest=upload["IsLatest"],
                )
        for marker in markers:
            if marker["Key"] == key:
                yield Version(
                    version_id=marker["VersionId"],
                    document_id=document_id(bucket, key, marker["VersionId"]),
                    uploaded_at=marker["LastModified"],
                    latest=marker["IsLatest"],
                    deleted=True,
                )
        if any(each["Key"] != key for each in (*uploads, *markers)):
            return


def _join(version: Version, record: DocumentRecord | None) -> Version:
    if record is None:
        return version
    return version.model_copy(update={"state": record.state, "route": record.route})


def _explain(
    key: str, versions: Sequence[Version], *, s3: "S3Client", bucket: str, now: datetime
) -> str:
    uploads = [version for version in versions if not version.deleted]
    if uploads and uploads[0].uploaded_at:
        age = (now - uploads[0].uploaded_at).total_seconds()
        return (
            f"It was uploaded {age:,.0f} seconds ago and intake has not registered it yet;"
            " if that lasts, see `intray status` and `intray queue dead-letters`."
        )
    if versions:
        return "Only delete markers are left of it; ask for its document id."
    alike = s3.list_objects_v2(Bucket=bucket, Prefix=key, MaxKeys=_SUGGESTIONS).get("Contents", [])
    if alike:
        keys = ", ".join(repr(each["Key"]) for each in alike)
        return f"There is no such document; keys that begin so: {keys}."
    return (
        f"No object with this key is in s3://{bucket} and no document has this id."
        " Versions that the bucket's lifecycle removed are found by their document id."
    )
