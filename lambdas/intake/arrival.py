"""What a queue message tells: an object that arrived in the incoming bucket."""

from typing import Literal

from aws_lambda_powertools.utilities.parser.models import S3EventNotificationEventBridgeModel
from pydantic import AwareDatetime, ValidationError

from lambdas.shared.manifest import read_member_key
from lambdas.shared.model import Frozen


class Arrival(Frozen):
    """One version of one object; keys are as S3 knows them, not URL-encoded."""

    bucket: str
    key: str
    version_id: str
    arrived_at: AwareDatetime
    sequencer: str = ""

    @property
    def kind(self) -> Literal["document", "member", "manifest"]:
        """A member waits for the manifest of its named batch."""
        member = read_member_key(self.key)
        if member is None or self.key.endswith("/"):
            return "document"
        return "manifest" if member.is_manifest else "member"

    @property
    def batch_name(self) -> str | None:
        """The named batch that the key belongs to."""
        member = read_member_key(self.key)
        return member.name if member else None


def read_arrival(body: str) -> Arrival:
    """Reads a message; raises ValueError with a sentence when it tells of no new object."""
    try:
        event = S3EventNotificationEventBridgeModel.model_validate_json(body)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, fault["loc"])) or "the message"
        msg = f"not an S3 event: {where}: {fault['msg']}"
        raise ValueError(msg) from error
    if event.source != "aws.s3" or event.detail_type != "Object Created":
        msg = f"not an S3 Object Created event but {event.source!r} {event.detail_type!r}"
        raise ValueError(msg)
    return Arrival(
        bucket=event.detail.bucket.name,
        key=event.detail.object.key,
        version_id=event.detail.object.version_id or "null",
        arrived_at=event.time,
        sequencer=event.detail.object.sequencer or "",
    )
