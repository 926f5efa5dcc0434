"""A batch's lists in S3: items, which the Map reads, and members, which the summary tells of."""

from pydantic import AwareDatetime

from lambdas.shared.contracts import ObjectPointer
from lambdas.shared.model import Frozen


class Member(Frozen):
    """A document of a batch, whatever became of it."""

    id: str
    key: str


class Members(Frozen):
    """Everything that belongs to a batch; a named one was opened by a version of its manifest."""

    batch_id: str
    opened_at: AwareDatetime
    manifest_version_id: str | None
    members: tuple[Member, ...]


def items_pointer(bucket: str, batch_id: str) -> ObjectPointer:
    """Where a batch's items lie: a JSON array of documents."""
    return ObjectPointer(bucket=bucket, key=f"batches/{batch_id}/items.json")


def members_pointer(bucket: str, batch_id: str) -> ObjectPointer:
    """Where a batch's members lie."""
    return ObjectPointer(bucket=bucket, key=f"batches/{batch_id}/members.json")


def results_prefix(batch_id: str) -> str:
    """Where the Map writes its results."""
    return f"batches/{batch_id}/results"


def report_pointer(bucket: str, batch_id: str) -> ObjectPointer:
    """Where a batch's report lies."""
    return ObjectPointer(bucket=bucket, key=f"reports/{batch_id}.json")
