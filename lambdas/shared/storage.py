"""JSON models in S3, gzipped where the key says so."""

import gzip
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel

from lambdas.shared.contracts import ObjectPointer
from lambdas.shared.errors import ObjectMissingError

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

Model = TypeVar("Model", bound=BaseModel)


def read_model(s3: "S3Client", pointer: ObjectPointer, model: type[Model]) -> Model:
    """Reads one model; raises ObjectMissingError when the object is not there."""
    return model.model_validate_json(read_bytes(s3, pointer))


def read_bytes(s3: "S3Client", pointer: ObjectPointer) -> bytes:
    """Reads one object, unzipped; raises ObjectMissingError when the object is not there."""
    try:
        body = s3.get_object(Bucket=pointer.bucket, Key=pointer.key)["Body"].read()
    except s3.exceptions.NoSuchKey as error:
        raise ObjectMissingError(f"s3://{pointer.bucket}/{pointer.key} is not there") from error
    return gzip.decompress(body) if pointer.key.endswith(".gz") else body


def write_model(s3: "S3Client", pointer: ObjectPointer, value: BaseModel) -> ObjectPointer:
    """Writes one model and returns the pointer it was given."""
    return write_bytes(s3, pointer, value.model_dump_json().encode())


def write_bytes(s3: "S3Client", pointer: ObjectPointer, body: bytes) -> ObjectPointer:
    """Writes JSON; the same content makes the same bytes, so that writing twice changes nothing."""
    zipped = pointer.key.endswith(".gz")
    s3.put_object(
        Bucket=pointer.bucket,
        Key=pointer.key,
        Body=gzip.compress(body, mtime=0) if zipped else body,
        ContentType="application/gzip" if zipped else "application/json",
    )
    return pointer


def extraction_pointer(bucket: str, document_id: str) -> ObjectPointer:
    """Where a document's extraction lies."""
    return ObjectPointer(bucket=bucket, key=f"{document_id}/extraction.json.gz")


def findings_pointer(bucket: str, document_id: str) -> ObjectPointer:
    """Where a document's findings lie."""
    return ObjectPointer(bucket=bucket, key=f"{document_id}/findings.json")
