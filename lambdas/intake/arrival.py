"""What a queue message tells: an object that arrived in the incoming bucket."""

import re
from typing import Literal

from aws_lambda_powertools.utilities.parser.models import S3EventNotificationEventBridgeModel
from pydantic import AwareDatetime, ValidationError

from lambdas.shared.model import Frozen

_NAMED_BATCH = re.compile(r"batches/(?P<name>[A-Za-z0-9][A-Za-z0-9_-]{0,59})/(?P<path>.+)")


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
        if self.batch_name is None or self.key.endswith("/"):
            return "document"
        return "manifest" if self.path == "manifest.json" else "member"

    @property
    def batch_name(self) -> str | None:
        """The named batch that the key belongs to."""
        match = _NAMED_BATCH.fullmatch(self.key)
        return match["name"] if match else None

    @property
    def path(self) -> str:
        """The key within its named batch."""
        match = _NAMED_BATCH.fullmatch(self.key)
        return match["path"] if match else self.key


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
        msg = f"not an S3 Object Created event but {event.source} {event.detail_type!r}"
        raise ValueError(msg)
    return Arrival(
        bucket=event.detail.bucket.name,
        key=event.detail.object.key,
        version_id=event.detail.object.version_id or "null",
        arrived_at=event.time,
        sequencer=event.detail.object.sequencer or "",
    )
