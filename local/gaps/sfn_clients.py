"""moto 5.2.5: the interpreter makes a new boto3 client, from the shared session, for every call.

`boto_client_for` costs some 50 ms of processor time a task, is a race when children start together
(`boto3.client` is not thread-safe), and always calls `localhost:$MOTO_PORT`, Textract included. A
reply without a request id, such as an internal error of the server, ends in KeyError('RequestId')
instead of an error that a Catch can match.
"""

from __future__ import annotations

import threading
from typing import Any
from uuid import uuid4

import boto3
import moto.stepfunctions.parser.models  # noqa: F401 - loads every module that imported the function
from botocore.config import Config
from moto.stepfunctions.parser.asl.utils import boto_client

from local.context import GapContext
from local.gaps import seams
from local.gaps.seams import Untyped

_CONFIG = Config(
    connect_timeout=10,
    # A synchronous invocation lasts up to Lambda's 900 seconds, and may queue before that.
    read_timeout=3600,
    max_pool_connections=512,
    parameter_validation=False,
    retries={"total_max_attempts": 1, "mode": "standard"},
)


def close(context: GapContext) -> None:
    """Share one client a service, which calls the endpoint or the local Textract."""
    clients: dict[tuple[str, str, str], Any] = {}
    lock = threading.Lock()

    def client_for(region: str, service: str, state_credentials: Untyped = None) -> Untyped:
        del state_credentials
        url = (context.textract_url() if service == "textract" else None) or context.endpoint_url
        key = (region, service, url)
        with lock:
            if key not in clients:
                client = boto3.Session().client(
                    service,  # type: ignore[call-overload]
                    region_name=region,
                    endpoint_url=url,
                    aws_access_key_id="ak",
                    aws_secret_access_key="sk",
                    config=_CONFIG,
                )
                client.meta.events.register("after-call", _name_request)
                clients[key] = client
            return clients[key]

    seams.replace_imported("moto.stepfunctions.parser", boto_client.boto_client_for, client_for)


def _name_request(parsed: dict[str, Any], **details: Untyped) -> None:
    del details
    parsed.setdefault("ResponseMetadata", {}).setdefault("RequestId", str(uuid4()))
