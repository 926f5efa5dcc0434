"""Which Textract reads the documents: AWS, one that is running, or one started for the purpose."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config

if TYPE_CHECKING:
    from mypy_boto3_textract import TextractClient

ENDPOINT = "AWS_ENDPOINT_URL_TEXTRACT"
_NOWHERE = "http://127.0.0.1:9"
"""The local Textract asks S3 for objects; it is sent the bytes themselves."""
_CONFIG = Config(retries={"mode": "standard", "total_max_attempts": 10}, read_timeout=300)


def name_reader(*, aws: bool) -> str:
    """The reader's name: texts of different readers differ, and are kept apart."""
    if aws:
        return "aws"
    endpoint = os.environ.get(ENDPOINT)
    return "".join(each if each.isalnum() else "-" for each in endpoint) if endpoint else "local"


@contextmanager
def open_textract(*, aws: bool) -> Iterator[Callable[[], "TextractClient"]]:
    """Gives what connects to Textract when it is called; ends what was started for it."""
    with ExitStack() as started:

        def connect() -> "TextractClient":
            if aws or ENDPOINT in os.environ:
                return boto3.client("textract", config=_CONFIG)
            # Only now: its libraries are those of AWS on one machine.
            from local.textract_child import TextractChild  # noqa: PLC0415

            child = TextractChild(_NOWHERE, ["--start-rate", "1000"])
            started.callback(child.close)
            return boto3.client(
                "textract",
                endpoint_url=child.url,
                region_name="us-east-1",
                aws_access_key_id="local",
                aws_secret_access_key="local",
                config=_CONFIG,
            )

        yield connect
