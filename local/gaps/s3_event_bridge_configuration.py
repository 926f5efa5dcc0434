"""moto 5.2.5: GetBucketNotificationConfiguration leaves EventBridgeConfiguration out.

Terraform then wants to turn EventBridge on again with every plan.
"""

from __future__ import annotations

from moto.s3.responses import S3Response

from local.context import GapContext
from local.gaps import seams
from local.gaps.seams import Untyped

_END = "</NotificationConfiguration>"


def close(context: GapContext) -> None:
    """Report that a bucket sends its events to EventBridge."""
    del context

    def around(original: Untyped) -> Untyped:
        def get_bucket_notification(response: S3Response) -> Untyped:
            status, headers, body = original(response)
            configuration = response.backend.get_bucket_notification_configuration(
                response.bucket_name
            )
            if configuration and configuration.event_bridge is not None:
                text = body.decode() if isinstance(body, bytes) else str(body)
                head, _, tail = text.rpartition(_END)
                if not head:  # no configuration but this one: the element closes itself
                    head, tail = text.replace("/>", ">"), ""
                body = f"{head}<EventBridgeConfiguration/>{_END}{tail}"
            return status, headers, body

        return get_bucket_notification

    seams.wrap(S3Response, "get_bucket_notification", around)
