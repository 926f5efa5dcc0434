"""Handlers as Lambda runs them: an environment, a fresh import, an event, a context."""

import importlib
import json
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import boto3
import pytest
from botocore import xform_name

from lambdas.shared import audit, documents
from lambdas.shared.audit import AuditRecord
from lambdas.shared.contracts import Document
from lambdas.shared.documents import DocumentRecord
from tests.calls import list_calls
from tests.handlers.states import WaitingStates
from tests.handlers.textract import FakeTextract
from tests.samples import NOON
from tests.tables import Tables

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

EVENTS = Path(__file__).parent / "events"
INCOMING, EXTRACTIONS, DECISIONS = "incoming", "extractions", "decisions"
MODELS = "models"
Handler: TypeAlias = Callable[[dict[str, Any]], Any]


def read_event(name: str, **changes: Any) -> dict[str, Any]:
    """One of the event files, with some of its top-level fields replaced."""
    event: dict[str, Any] = json.loads((EVENTS / f"{name}.json").read_text())
    return event | changes


@dataclass
class Context:
    """What Lambda tells of an invocation."""

    function_name: str
    memory_limit_in_mb: int = 512
    aws_request_id: str = "52fdfc07-2182-454f-963f-5f0f9a621d72"
    invoked_function_arn: str = "arn:aws:lambda:eu-central-1:123456789012:function:step"
    log_stream_name: str = "2025/03/14/[$LATEST]abc"

    def get_remaining_time_in_millis(self) -> int:
        return 30_000


@dataclass
class Pipeline:
    """An account with the pipeline's tables and buckets, and its handlers."""

    tables: Tables
    s3: "S3Client"
    states: WaitingStates
    textract: FakeTextract
    dead_letters: str
    monkeypatch: pytest.MonkeyPatch
    environment: dict[str, str] = field(default_factory=dict)

    def load(self, function: str, **settings: str) -> Handler:
        """Imports a handler anew, as a cold start does, in this environment."""
        name = f"lambdas.{function}.handler"
        variables = {"POWERTOOLS_SERVICE_NAME": function} | self.environment | settings
        for variable, value in variables.items():
            self.monkeypatch.setenv(variable, value)
        sys.modules.pop(name, None)
        called: set[str] = set()

        def note(model: Any, **_: Any) -> None:
            called.add(f"{model.service_model.service_name}:{xform_name(model.name)}")

        session = boto3._get_default_session()
        session.events.register("before-call", note)
        module = importlib.import_module(name)
        session.events.unregister("before-call", note)

        def invoke(event: dict[str, Any]) -> Any:
            answer = module.handler(json.loads(json.dumps(event)), Context(function))
            unforeseen = called - {call.operation for call in list_calls(function)}
            assert not unforeseen, "tests/calls.py does not see them, so no grant is checked"
            return json.loads(json.dumps(answer))

        return invoke

    def register(self, document: Document) -> Document:
        """Puts a document where intake leaves it."""
        documents.register(self.tables.documents, document, state="registered", now=NOON)
        return document

    def read(self, document_id: str = "doc-1") -> DocumentRecord:
        record = documents.read(self.tables.documents, document_id)
        assert record, f"{document_id} is not in the table"
        return record

    def read_trail(self, document_id: str = "doc-1") -> list[AuditRecord]:
        trail = audit.read_trail(self.tables.audit, document_id)
        assert audit.find_faults(trail) == []
        return trail

    def list_states(self, document_id: str = "doc-1") -> list[str]:
        return [record.state for record in self.read_trail(document_id)]

    def list_keys(self, bucket: str, prefix: str = "") -> list[str]:
        listed = self.s3.list_objects_v2(Bucket=bucket, Prefix=prefix)
        return [found["Key"] for found in listed.get("Contents", [])]

    def read_json(self, bucket: str, key: str) -> Any:
        return json.loads(self.s3.get_object(Bucket=bucket, Key=key)["Body"].read())

    def snapshot(self) -> dict[str, Any]:
        """Everything that is stored, to compare before and after."""
        tables = {
            name: sorted(json.dumps(item, default=str, sort_keys=True) for item in items)
            for name, items in (
                (table, getattr(self.tables, table).scan()["Items"])
                for table in ("documents", "audit", "limits", "idempotency")
            )
        }
        objects = {
            (bucket, key): self.s3.get_object(Bucket=bucket, Key=key)["Body"].read()
            for bucket in (INCOMING, EXTRACTIONS, DECISIONS)
            for key in self.list_keys(bucket)
        }
        return {"tables": tables, "objects": objects}


@pytest.fixture
def pipeline(tables: Tables, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Pipeline:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    s3 = boto3.client("s3")
    for bucket in (INCOMING, EXTRACTIONS, DECISIONS, MODELS):
        s3.create_bucket(
            Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"}
        )
    s3.put_bucket_versioning(Bucket=INCOMING, VersioningConfiguration={"Status": "Enabled"})
    dead_letters = boto3.client("sqs").create_queue(QueueName="intake-dead-letters")["QueueUrl"]
    stepfunctions = boto3.client("stepfunctions")
    machine = stepfunctions.create_state_machine(
        name="document-batch",
        definition=json.dumps({"StartAt": "Done", "States": {"Done": {"Type": "Succeed"}}}),
        roleArn="arn:aws:iam::123456789012:role/document-batch",
    )["stateMachineArn"]
    states, textract = WaitingStates(stepfunctions), FakeTextract(s3)
    make_client = boto3.client
    fakes: dict[str, Any] = {"stepfunctions": states, "textract": textract}
    monkeypatch.setattr(
        boto3,
        "client",
        lambda service, **options: fakes.get(service) or make_client(service, **options),
    )
    environment = {
        "LOG_LEVEL": "INFO",
        "POWERTOOLS_METRICS_NAMESPACE": "Intray",
        "DOCUMENTS_TABLE": tables.documents.name,
        "AUDIT_TABLE": tables.audit.name,
        "LIMITS_TABLE": tables.limits.name,
        "IDEMPOTENCY_TABLE": tables.idempotency.name,
        "EXTRACTIONS_BUCKET": EXTRACTIONS,
        "DECISIONS_BUCKET": DECISIONS,
        "STATE_MACHINE_ARN": machine,
        "DEAD_LETTER_QUEUE_URL": dead_letters,
        "MAX_PAGES": "5",
        "MAX_BYTES": "2000000",
        "DUPLICATE_WINDOW_DAYS": "30",
        "MAX_CONCURRENCY": "12",
        "REGISTRATION_LEASE_SECONDS": "300",
        "QUOTA_MAX_AGE_SECONDS": "3600",
        "QUOTA_SHARE": "0.5",
        "GIVEN_QUOTA": "null",
        "EXTRACTIONS_KEY_ARN": "arn:aws:kms:eu-central-1:123456789012:key/restricted",
        "NOTIFICATION_TOPIC_ARN": "arn:aws:sns:eu-central-1:123456789012:AmazonTextract-done",
        "NOTIFICATION_ROLE_ARN": "arn:aws:iam::123456789012:role/textract-notification",
        "FEATURES": "FORMS,TABLES",
        "LEASE_SECONDS": "3600",
        "OVERDUE_SECONDS": "900",
        "MANIFEST_PATIENCE_SECONDS": "7200",
    }
    return Pipeline(
        tables=tables,
        s3=s3,
        states=states,
        textract=textract,
        dead_letters=dead_letters,
        monkeypatch=monkeypatch,
        environment=environment,
    )
