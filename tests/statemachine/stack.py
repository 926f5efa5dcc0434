"""The pipeline on the local endpoint, without Terraform: the shipped state machines and handlers.

A machine may be made with functions of its own, so that what a test breaks or kills is nobody
else's, and every case can run at the same time.
"""

import json
import re
import time
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import boto3
from botocore.config import Config

from cli.registry.files import upload_package
from lambdas.classify.package import load_package
from local.state import EndpointState
from tests.tables import Tables, create_tables

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

REGION, ACCOUNT = "us-east-1", "123456789012"
PREFIX = "intray-test"
ROOT = Path(__file__).parents[2]
FUNCTIONS = sorted(path.parent.name for path in (ROOT / "lambdas").glob("*/handler.py"))
STEPS = ("reserve", "extract", "classify", "validate", "route", "deliver", "record_failure")
IMAGE = f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/intray@sha256:{'0' * 64}"
MAX_PAGES = 400
T = TypeVar("T")


def wait_for(
    look: Callable[[], T | None], what: str, *, seconds: float = 150, pause: float = 0.2
) -> T:
    """The first value that is not None; fails, naming what it waited for, when none comes."""
    deadline = time.monotonic() + seconds
    while (value := look()) is None:
        assert time.monotonic() < deadline, f"waited {seconds} s for {what}"
        time.sleep(pause)
    return value


@dataclass
class Stack:
    """Everything that Terraform makes, made with boto3 under the same names and settings."""

    endpoint: EndpointState
    model: Path
    tables: Tables = field(init=False)
    summaries: str = field(init=False)
    """The URL of a queue that subscribes to the summaries."""
    _environment: dict[str, str] = field(init=False)
    summary_machine: str = field(init=False)

    def client(self, service: str) -> Any:
        make: Any = boto3.Session(region_name=REGION).client
        config = Config(s3={"addressing_style": "path"}, max_pool_connections=30)
        return make(service, endpoint_url=self.endpoint.endpoint, config=config)

    def __post_init__(self) -> None:
        self.s3, self.sqs, self.sns = self.client("s3"), self.client("sqs"), self.client("sns")
        self.states, self.functions = self.client("stepfunctions"), self.client("lambda")
        self.role = self.client("iam").create_role(
            RoleName=PREFIX, AssumeRolePolicyDocument=json.dumps({"Statement": []})
        )["Role"]["Arn"]

    def deploy(self) -> None:
        """Makes everything but the machines of documents."""
        resource: Any = boto3.Session(region_name=REGION).resource
        self.tables = create_tables(
            resource("dynamodb", endpoint_url=self.endpoint.endpoint), PREFIX
        )
        for bucket in ("incoming", "extractions", "decisions", "models"):
            self.s3.create_bucket(Bucket=bucket)
        upload_package(self.s3, "models", load_package(self.model))
        self.s3.put_bucket_versioning(
            Bucket="incoming", VersioningConfiguration={"Status": "Enabled"}
        )
        self._subscribe("extraction-completed")
        self.summaries = self._subscribe("batch-summary")
        self._environment = self._describe_environment()
        for function in FUNCTIONS:
            if function != "intake":  # its code runs in the test, which chooses the machine
                self.create_function(function)
        self.functions.create_event_source_mapping(
            FunctionName=name_function("extraction_completed"),
            EventSourceArn=f"arn:aws:sqs:{REGION}:{ACCOUNT}:extraction-completed",
            BatchSize=10,
            FunctionResponseTypes=["ReportBatchItemFailures"],
        )
        self.summary_machine = self.create_summary_machine("batch-summary", "batch-summary")

    def create_summary_machine(self, name: str, topic: str, *, impatient: bool = False) -> str:
        """Makes a machine of summaries; an impatient one waits a second at most before a retry."""
        definition = (ROOT / "statemachines" / "batch_summary.asl.json").read_text()
        if impatient:
            definition = re.sub(r'"(IntervalSeconds|MaxDelaySeconds)": \d+', r'"\1": 1', definition)
        placeholders = {
            "summarise_function_arn": arn_of_function("summarise"),
            "summary_topic_arn": arn_of_topic(topic),
        }
        return self._create_machine(name, definition, placeholders)

    def create_function(self, function: str, suffix: str = "", **settings: str) -> str:
        """Deploys a handler; returns the function's name."""
        name = name_function(function, suffix)
        self.functions.create_function(
            FunctionName=name,
            Role=self.role,
            PackageType="Image",
            Code={"ImageUri": IMAGE},
            ImageConfig={"Command": [f"lambdas.{function}.handler.handler"]},
            Timeout=60,
            MemorySize=1769,
            Environment={
                "Variables": {
                    **self._environment,
                    "POWERTOOLS_SERVICE_NAME": function,
                    **settings,
                }
            },
        )
        return name

    def create_limits_table(self, prefix: str) -> "Table":
        """A limits table beside the stack's own."""
        resource: Any = boto3.Session(region_name=REGION).resource
        return create_tables(
            resource("dynamodb", endpoint_url=self.endpoint.endpoint), prefix
        ).limits

    def create_document_machine(self, name: str, own: Mapping[str, Mapping[str, str]]) -> str:
        """Makes the machine of documents with some functions of its own and their settings."""
        for function, settings in own.items():
            self.create_function(function, name, **settings)
        placeholders = {
            f"{step}_function_arn": arn_of_function(step, name if step in own else "")
            for step in STEPS
        }
        placeholders["batch_summary_state_machine_arn"] = self.summary_machine
        definition = (ROOT / "statemachines" / "document_batch.asl.json").read_text()
        return self._create_machine(name, definition, placeholders)

    def environment(self, **more: str) -> dict[str, str]:
        """The settings of every function."""
        return {**self._environment, **more}

    def invoke(self, name: str) -> None:
        """Runs a function once, as a schedule does."""
        reply = self.functions.invoke(FunctionName=name, Payload=b"{}")
        assert "FunctionError" not in reply, reply["Payload"].read().decode()

    def arm_fault(self, name: str, **fault: Any) -> None:
        """Lets the function's next invocation that has none yet end in the death of its process."""
        self._ask("faults", {"function": name, **fault})

    def list_faults(self) -> list[dict[str, Any]]:
        faults: list[dict[str, Any]] = self._ask("faults")["faults"]
        return faults

    def _ask(self, page: str, body: dict[str, Any] | None = None) -> Any:
        request = urllib.request.Request(
            f"{self.endpoint.endpoint}/_local/{page}",
            data=json.dumps(body).encode() if body else None,
        )
        with urllib.request.urlopen(request, timeout=10) as reply:
            return json.load(reply)

    def _create_machine(self, name: str, definition: str, placeholders: dict[str, str]) -> str:
        reply = self.states.create_state_machine(
            name=name,
            definition=re.sub(r"\$\{(\w+)\}", lambda found: placeholders[found[1]], definition),
            roleArn=self.role,
        )
        return str(reply["stateMachineArn"])

    def _subscribe(self, name: str) -> str:
        """A topic with a queue behind it; returns the queue's URL."""
        self.sns.create_topic(Name=name)
        url: str = self.sqs.create_queue(QueueName=name)["QueueUrl"]
        self.sns.subscribe(
            TopicArn=arn_of_topic(name),
            Protocol="sqs",
            Endpoint=f"arn:aws:sqs:{REGION}:{ACCOUNT}:{name}",
            Attributes={"RawMessageDelivery": "true"},
        )
        return url

    def _describe_environment(self) -> dict[str, str]:
        return {
            "LOG_LEVEL": "INFO",
            "POWERTOOLS_METRICS_NAMESPACE": "Intray",
            "DOCUMENTS_TABLE": f"{PREFIX}-documents",
            "AUDIT_TABLE": f"{PREFIX}-audit",
            "LIMITS_TABLE": f"{PREFIX}-limits",
            "IDEMPOTENCY_TABLE": f"{PREFIX}-idempotency",
            "EXTRACTIONS_BUCKET": "extractions",
            "DECISIONS_BUCKET": "decisions",
            "EXTRACTIONS_KEY_ARN": self._create_key(),
            "NOTIFICATION_TOPIC_ARN": arn_of_topic("extraction-completed"),
            "NOTIFICATION_ROLE_ARN": self.role,
            "FEATURES": "FORMS,TABLES,SIGNATURES",
            "LEASE_SECONDS": "3600",
            "QUOTA_MAX_AGE_SECONDS": "3600",
            "QUOTA_SHARE": "1.0",
            "GIVEN_QUOTA": "null",
            "OVERDUE_SECONDS": "900",
            "MANIFEST_PATIENCE_SECONDS": "3600",
            "MODELS_BUCKET": "models",
            "MODEL_PACKAGE": load_package(self.model).digest,
            "MAX_PAGES": str(MAX_PAGES),
            "MAX_BYTES": "20000000",
            "DUPLICATE_WINDOW_DAYS": "30",
            "MAX_CONCURRENCY": "6",
            "REGISTRATION_LEASE_SECONDS": "65",
            "DEAD_LETTER_QUEUE_URL": "nobody sends there",
        }

    def _create_key(self) -> str:
        return str(self.client("kms").create_key()["KeyMetadata"]["Arn"])


def name_function(function: str, suffix: str = "") -> str:
    name = f"{PREFIX}-{function.replace('_', '-')}"
    return f"{name}-{suffix}" if suffix else name


def arn_of_function(function: str, suffix: str = "") -> str:
    return f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{name_function(function, suffix)}"


def arn_of_topic(name: str) -> str:
    return f"arn:aws:sns:{REGION}:{ACCOUNT}:{name}"
