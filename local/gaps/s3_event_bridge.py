"""moto 5.2.5: S3's events reach EventBridge in another shape, and some not at all.

`moto.s3.notifications` writes `eTag` for `etag`, `ObjectCreated` for the reason `PutObject`, one
constant sequencer and id, a version id where there is none; sends to every bus, before the object's
metadata is set; a tag event with every PutObject, two events for a multipart upload; nothing for a
delete marker or for a version that was deleted while another remains.
"""

from __future__ import annotations

import itertools
import logging
import secrets
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import flask
import moto.s3.notifications as s3_notifications
from moto.events.models import events_backends
from moto.s3.models import FakeKey, S3Backend

from local.context import GapContext
from local.gaps import seams
from local.gaps.seams import Untyped

LOG = logging.getLogger(__name__)

# S3's own delay is about half a second; the event must only come after PutObject's last step.
DELIVERY_DELAY_SECONDS = 0.05

_CREATION_REASONS = {
    "Put": "PutObject",
    "Post": "POST Object",
    "Copy": "CopyObject",
    "CompleteMultipartUpload": "CompleteMultipartUpload",
}
_sequence_lock = threading.Lock()
_sequence = itertools.count(time.time_ns())


def close(context: GapContext) -> None:
    """Send S3's events as S3 does, on the default bus, shortly after the request."""
    del context
    courier = ThreadPoolExecutor(max_workers=1, thread_name_prefix="s3-events")

    def emit(account_id: str, bucket: Untyped, detail_type: str, detail: dict[str, Any]) -> None:
        event = _event(account_id, bucket, detail_type, detail)
        courier.submit(_deliver, event, due=time.monotonic() + DELIVERY_DELAY_SECONDS)

    def send_event_bridge_message(
        account_id: str, bucket: Untyped, event_name: Untyped, key: Untyped
    ) -> None:
        category, _, action = event_name.value.removeprefix("s3:").partition(":")
        if category == "ObjectRemoved" or (category == "ObjectTagging" and not _is_tag_request()):
            return  # Deletions are reported by delete_object below, with what was deleted.
        if action == "Put" and key.multipart is not None:
            return  # CompleteMultipartUpload reports itself.
        extra = {"reason": _CREATION_REASONS[action]} if category == "ObjectCreated" else {}
        described = _object(key, versioned=bucket.is_versioned)
        detail_type = s3_notifications._detail_type(event_name)
        emit(account_id, bucket, detail_type, {"object": described, **extra})

    def around_delete(original: Untyped) -> Untyped:
        def delete_object(
            backend: S3Backend,
            bucket_name: str,
            key_name: str,
            version_id: str | None = None,
            bypass: bool = False,
        ) -> Untyped:
            bucket = backend.get_bucket(bucket_name)
            versions = bucket.keys.getlist(key_name, [])
            found = next((v for v in versions if v.version_id == version_id), None)
            present = versions[-1] if versions and version_id is None else found
            deleted, meta = original(backend, bucket_name, key_name, version_id, bypass)
            configuration = bucket.notification_configuration
            if deleted and configuration and configuration.event_bridge is not None:
                detail = _deletion(
                    key_name, version_id, present, meta, versioned=bucket.is_versioned
                )
                if detail:
                    emit(backend.account_id, bucket, "Object Deleted", detail)
            return deleted, meta

        return delete_object

    seams.replace(s3_notifications, "_send_event_bridge_message", send_event_bridge_message)
    seams.wrap(S3Backend, "delete_object", around_delete)


def _deletion(
    name: str, version_id: str | None, deleted: Untyped, meta: dict[str, Any], *, versioned: bool
) -> dict[str, Any] | None:
    """The detail of an `Object Deleted` event, or None if nothing was there to delete."""
    leaves_marker = versioned and version_id is None
    if deleted is None and not leaves_marker:
        return None
    described: dict[str, Any] = {"key": name}
    if isinstance(deleted, FakeKey):
        described["etag"] = deleted.etag.strip('"')
    if versioned:
        described["version-id"] = meta.get("version-id")
    described["sequencer"] = _next_sequencer()
    kind = "Delete Marker Created" if leaves_marker else "Permanently Deleted"
    return {"object": described, "reason": "DeleteObject", "deletion-type": kind}


def _object(key: Untyped, *, versioned: bool) -> dict[str, Any]:
    described = {"key": key.name, "size": key.size, "etag": key.etag.strip('"')}
    if versioned:
        described["version-id"] = key.version_id
    return {**described, "sequencer": _next_sequencer()}


def _next_sequencer() -> str:
    """A hexadecimal number that orders the events of one key."""
    with _sequence_lock:
        return f"{next(_sequence):018X}"


def _event(
    account: str, bucket: Untyped, detail_type: str, detail: dict[str, Any]
) -> dict[str, Any]:
    in_request = flask.has_request_context()
    return {
        "version": "0",
        "id": str(uuid4()),
        "detail-type": detail_type,
        "source": "aws.s3",
        "account": account,
        # Seconds, as moto's own targets expect; what is delivered shows ISO 8601.
        "time": time.time(),
        "ingestion-time": time.time(),
        "region": bucket.region_name,
        "resources": [bucket.arn],
        "detail": {
            "version": "0",
            "bucket": {"name": bucket.name},
            "object": detail.pop("object"),
            "request-id": secrets.token_hex(8).upper(),
            "requester": account,
            "source-ip-address": flask.request.remote_addr if in_request else "127.0.0.1",
            **detail,
        },
    }


def _is_tag_request() -> bool:
    return not flask.has_request_context() or "tagging" in flask.request.args


def _deliver(event: dict[str, Any], due: float) -> None:
    time.sleep(max(0.0, due - time.monotonic()))
    bus = events_backends[event["account"]][event["region"]].event_buses["default"]
    for rule in list(bus.rules.values()):
        try:
            rule.send_to_targets(event, transform_input=False)  # type: ignore[arg-type]
        except Exception:
            # One rule's failure must not silence the others; moto drops it without a word.
            LOG.exception("Rule %s could not handle an S3 event", rule.name)
