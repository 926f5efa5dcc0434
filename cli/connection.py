"""The way to a stack: a session for its workspace, and clients as they are needed."""

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

import boto3
from botocore.config import Config
from localstack_client.session import Session as LocalSession

from cli.registry.names import Registry, read_registry
from cli.stack import Stack, read_stack
from local.state import read_state

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import DynamoDBServiceResource, Table
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_stepfunctions import SFNClient

LOCAL = "local"
_LOCAL_REGION = "us-east-1"
_STATE_DIRECTORIES = (Path(".local"), Path(__file__).parents[1] / ".local")
_PATIENT = Config(
    connect_timeout=5,
    read_timeout=60,
    retries={"mode": "standard", "max_attempts": 4},
    max_pool_connections=16,
)
# A bucket's name is no host name of an endpoint on this machine.
_LOCAL_CONFIG = _PATIENT.merge(Config(s3={"addressing_style": "path"}, connect_timeout=2))


@dataclass(frozen=True)
class Target:
    """Which stack is meant; without profile and region, boto3's own choice."""

    workspace: str
    profile: str | None = None
    region: str | None = None


@dataclass(frozen=True)
class Connection:
    """A stack and the clients that reach it."""

    stack: Stack
    session: boto3.Session
    config: Config

    @cached_property
    def s3(self) -> "S3Client":
        """The client of S3."""
        return self.session.client("s3", config=self.config)

    @cached_property
    def sqs(self) -> "SQSClient":
        """The client of SQS."""
        return self.session.client("sqs", config=self.config)

    @cached_property
    def states(self) -> "SFNClient":
        """The client of Step Functions."""
        return self.session.client("stepfunctions", config=self.config)

    @cached_property
    def documents(self) -> "Table":
        """The table of documents."""
        return self._dynamodb.Table(self.stack.documents_table)

    @cached_property
    def audit(self) -> "Table":
        """The table of audit records."""
        return self._dynamodb.Table(self.stack.audit_table)

    @cached_property
    def limits(self) -> "Table":
        """The table of quotas and leases."""
        return self._dynamodb.Table(self.stack.limits_table)

    @cached_property
    def _dynamodb(self) -> "DynamoDBServiceResource":
        return self.session.resource("dynamodb", config=self.config)


@dataclass(frozen=True)
class RegistryConnection:
    """An account's model registry, the workspace that is meant, and the clients."""

    registry: Registry
    workspace: str
    session: boto3.Session
    config: Config

    @cached_property
    def s3(self) -> "S3Client":
        """The client of S3."""
        return self.session.client("s3", config=self.config)

    @cached_property
    def sagemaker(self) -> Any:  # noqa: ANN401 - a client without type stubs
        """The client of SageMaker."""
        return self.session.client("sagemaker", config=self.config)

    @cached_property
    def ssm(self) -> Any:  # noqa: ANN401 - a client without type stubs
        """The client of the parameter store."""
        return self.session.client("ssm", config=self.config)

    @cached_property
    def audit(self) -> "Table":
        """The table of the registry's audit records."""
        dynamodb = self.session.resource("dynamodb", config=self.config)
        return dynamodb.Table(self.registry.audit_table)

    @cached_property
    def caller(self) -> str:
        """The ARN of whoever runs the command."""
        sts: Any = self.session.client("sts", config=self.config)
        return str(sts.get_caller_identity()["Arn"])


def connect(target: Target) -> Connection:
    """Finds the stack; raises OutOfReachError when there is none, boto3's errors otherwise."""
    session, config = _open(target)
    stack = read_stack(session.client("ssm", config=config), target.workspace)
    return Connection(stack=stack, session=session, config=config)


def connect_registry(target: Target) -> RegistryConnection:
    """Finds the account's registry; raises OutOfReachError when there is none."""
    session, config = _open(target)
    registry = read_registry(session.client("ssm", config=config))
    return RegistryConnection(
        registry=registry, workspace=target.workspace, session=session, config=config
    )


def find_local_host() -> str | None:
    """Host and port of the endpoint that runs on this machine; None: localstack-client's choice.

    AWS_ENDPOINT_URL and LOCALSTACK_HOST, which localstack-client reads itself, come first.
    """
    if os.environ.get("AWS_ENDPOINT_URL") or os.environ.get("LOCALSTACK_HOST"):
        return None
    for directory in _STATE_DIRECTORIES:
        if state := read_state(directory):
            return urlsplit(state.endpoint).netloc
    return None


def _open(target: Target) -> tuple[boto3.Session, Config]:
    return _open_session(target), _LOCAL_CONFIG if target.workspace == LOCAL else _PATIENT


def _open_session(target: Target) -> boto3.Session:
    if target.workspace != LOCAL:
        return boto3.Session(profile_name=target.profile, region_name=target.region)
    session = LocalSession(
        region_name=target.region or _LOCAL_REGION, localstack_host=find_local_host()
    )
    # It offers client() and resource() as boto3's session does.
    return cast("boto3.Session", session)
