"""No test can reach an AWS account: credentials are fake from the first import on."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

REGION = "eu-central-1"
FAKE = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_SESSION_TOKEN": "testing",
    "AWS_SECURITY_TOKEN": "testing",
    "AWS_DEFAULT_REGION": REGION,
    "AWS_REGION": REGION,
    "AWS_EC2_METADATA_DISABLED": "true",
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
}
_LEADING_ELSEWHERE = ("AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_ROLE_ARN", "AWS_ENDPOINT_URL")


def _find_leading_elsewhere() -> list[str]:
    return [name for name in os.environ if name.startswith(_LEADING_ELSEWHERE)]


for _name in _find_leading_elsewhere():
    del os.environ[_name]
os.environ.update(FAKE)

# Only now: what follows may make clients when it is imported.
import boto3  # noqa: E402
import botocore.loaders  # noqa: E402
import botocore.session  # noqa: E402
from moto import mock_aws  # noqa: E402
from moto.dynamodb.responses import DynamoHandler  # noqa: E402

from tests.tables import Tables, create_tables  # noqa: E402

_service_models = botocore.loaders.create_loader()
"""Shared, because reading them takes most of a small test's time."""


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """Keeps tests together that share a server, which another worker would start again."""
    return ByServer(config, log)


class ByServer(LoadScopeScheduling):  # type: ignore[misc] # has no types
    """Hands out whole folders where a folder shares a server, and files elsewhere."""

    def _split_scope(self, nodeid: str) -> str:
        file = Path(nodeid.split("::", maxsplit=1)[0])
        shared = any(folder in file.parts for folder in ("local", "statemachine", "terraform"))
        alone = file.stem in ("test_deployment", "test_definitions")
        return str(file.parent if shared and not alone else file)


@pytest.fixture(autouse=True)
def _fake_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in _find_leading_elsewhere():
        monkeypatch.delenv(name)
    for name, value in FAKE.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> Iterator[boto3.Session]:
    """An empty account. Its DynamoDB answers one request at a time, so that conditions hold."""
    lock, answer = threading.Lock(), DynamoHandler.call_action

    def answer_alone(handler: DynamoHandler) -> Any:
        with lock:
            return answer(handler)

    monkeypatch.setattr(DynamoHandler, "call_action", answer_alone)
    with mock_aws():
        session = botocore.session.get_session()
        session.register_component("data_loader", _service_models)
        boto3.setup_default_session(botocore_session=session)
        yield boto3._get_default_session()
    boto3.DEFAULT_SESSION = None


@pytest.fixture
def tables(account: boto3.Session) -> Tables:
    """The tables, as Terraform makes them."""
    return create_tables(account.resource("dynamodb"))
