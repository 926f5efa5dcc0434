"""A stack with documents at every point of their way, made by the pipeline's own modules."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import boto3

from cli.stack import Stack
from lambdas.shared import audit, documents, storage
from lambdas.shared.contracts import Document, Evidence, Finding, Findings
from lambdas.shared.explanation import CarryingWord, Explanation, explanation_pointer
from lambdas.shared.identity import document_id
from tests.samples import (
    MODEL,
    make_classification,
    make_decision,
    make_document,
    make_extraction_result,
    make_transition,
    make_validation,
)
from tests.tables import Tables, create_tables

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_stepfunctions import SFNClient

WAY = ("ReserveExtractionSlot", "WaitForExtractionSlot", "ExtractText", "Classify", "Validate")
LAST = {"pass": "Pass", "hold": "Hold", "reject": "Reject"}
PACKAGES = "arn:aws:sagemaker:eu-central-1:123456789012:model-package/intray-models"
_MACHINE = json.dumps({"StartAt": "Done", "States": {"Done": {"Type": "Succeed"}}})


@dataclass(frozen=True)
class Deployment:
    """What a test puts documents into, and the names that the command finds it by."""

    stack: Stack
    tables: Tables
    s3: "S3Client"
    sqs: "SQSClient"
    states: "SFNClient"

    def put(self, key: str, body: bytes = b"%PDF-") -> Document:
        """An object, not registered yet, and the document that intake would make of it."""
        bucket = self.stack.incoming_bucket
        version_id = self.s3.put_object(Bucket=bucket, Key=key, Body=body)["VersionId"]
        return make_document(
            id=document_id(bucket, key, version_id),
            bucket=bucket,
            key=key,
            version_id=version_id,
            size_bytes=len(body),
            received_at=datetime.now(UTC) - timedelta(minutes=10),
        )

    def register(self, document: Document, *, state: documents.State = "registered") -> None:
        at = document.received_at + timedelta(seconds=1)
        documents.register(self.tables.documents, document, state=state, now=at)
        self.record(document, "Register", at=at, actor="intake", batch=document.batch_id)

    def process(self, document: Document, *, until: str = "Validate") -> datetime:
        """Takes a registered document through its states; returns when it entered the next."""
        at = document.received_at + timedelta(seconds=2)
        for state in WAY[: WAY.index(until) + 1]:
            self.record(document, state, at=at)
            at += timedelta(milliseconds=1250)
        documents.record_task_token(
            self.tables.documents, document.id, task_token="secret", execution_id=EXECUTION
        )
        if until in ("Classify", "Validate"):
            documents.record_extraction(
                self.tables.documents,
                document.id,
                result=make_extraction_result(),
                usd=Decimal("0.065"),
            )
        return at

    def decide(self, document: Document, route: str, *codes: str, at: datetime) -> None:
        """Route, ChooseRoute and the delivery."""
        decision = make_decision(route, *codes)
        kind, validation = self.classify(document), self.validate(document, *codes)
        documents.decide(
            self.tables.documents,
            document.id,
            decision,
            now=at + timedelta(seconds=1),
            classification=kind,
            validation=validation,
        )
        outcome: dict[str, Any] = {"route": route, "reasons": list(codes)}
        digests = {"model": kind.model_digest, "rule_set": validation.rule_set_digest}
        self.record(document, "Route", at=at, **outcome | digests)
        delivery = at + timedelta(seconds=1, milliseconds=300)
        for state in ("ChooseRoute", LAST[route]):
            self.record(document, state, at=delivery, **outcome)
        documents.record_delivery(
            self.tables.documents, document.id, now=delivery + timedelta(milliseconds=80)
        )

    def classify(self, document: Document) -> Any:
        kind = make_classification()
        storage.write_model(
            self.s3,
            explanation_pointer(self.stack.extractions_bucket, document.id),
            Explanation(
                document_id=document.id,
                label=kind.label,
                model_digest=kind.model_digest,
                words=(CarryingWord(text="amount due", contribution=1.25, share=0.24),),
            ),
        )
        return kind

    def validate(self, document: Document, *codes: str) -> Any:
        bucket = self.stack.extractions_bucket
        pointer = storage.write_model(
            self.s3,
            storage.findings_pointer(bucket, document.id),
            Findings(
                document_id=document.id,
                rule_set="invoice",
                rule_set_digest=make_validation().rule_set_digest,
                findings=(
                    make_finding("invoice.date_valid", passed=True),
                    *(make_finding(code, passed=False) for code in codes),
                ),
            ),
        )
        return make_validation(findings=pointer, held_by=codes, evaluated=1 + len(codes))

    def finish(self, key: str, route: str = "pass", *codes: str) -> Document:
        """A document that has gone all its way."""
        document = self.put(key)
        self.register(document)
        self.decide(document, route, *codes, at=self.process(document))
        return document

    def refuse(self, key: str, code: str, body: bytes = b"") -> Document:
        """A document that intake rejected."""
        document = self.put(key, body)
        self.register(document)
        now = document.received_at + timedelta(seconds=1)
        documents.decide(self.tables.documents, document.id, make_decision("reject", code), now=now)
        self.record(document, "Refuse", at=now, actor="intake", route="reject", reasons=[code])
        documents.record_delivery(self.tables.documents, document.id, now=now)
        return document

    def record(
        self, document: Document, state: str, *, at: datetime, actor: str = "", **outcome: Any
    ) -> None:
        audit.append(
            self.tables.audit,
            document_id=document.id,
            transition=make_transition(state, entered_at=at, execution_id=actor or EXECUTION),
            outcome=outcome,
        )


EXECUTION = make_transition().execution_id


def make_finding(rule: str, *, passed: bool) -> Finding:
    return Finding(
        rule=rule,
        severity="hold",
        passed=passed,
        message=f"{rule} says no",
        owner="accounts payable",
        evidence=(
            Evidence(
                field="total", value="118.00", page=1, left=0.61, top=0.8, width=0.1, height=0.02
            ),
            Evidence(field="tax", value=None),
        ),
    )


def deploy(workspace: str, region: str) -> Deployment:
    """Makes the resources that Terraform makes, as far as the command looks at them."""
    s3 = boto3.client("s3", region_name=region)
    sqs = boto3.client("sqs", region_name=region)
    states = boto3.client("stepfunctions", region_name=region)
    tables = create_tables(
        boto3.resource("dynamodb", region_name=region), prefix=f"intray-{workspace}"
    )
    names: dict[str, Any] = {
        "workspace": workspace,
        "region": region,
        "account_id": "123456789012",
        "summary_topic_arn": f"arn:aws:sns:{region}:123456789012:intray-{workspace}-summary",
        "model": {"digest": MODEL, "package_arn": f"{PACKAGES}/1"},
        "max_pages": 400,
        "max_bytes": 1_000_000,
        "functions": {
            name: f"intray-{workspace}-{name.replace('_', '-')}"
            for name in ("intake", "extraction_completed")
        },
        "documents_table": tables.documents.name,
        "audit_table": tables.audit.name,
        "limits_table": tables.limits.name,
        "idempotency_table": tables.idempotency.name,
    }
    for purpose in ("incoming", "extractions", "decisions"):
        names[f"{purpose}_bucket"] = _make_bucket(s3, f"intray-{workspace}-{purpose}", region)
    names |= _make_queue(sqs, workspace, "intake")
    names |= _make_queue(sqs, workspace, "extraction-completed")
    for machine in ("document-batch", "batch-summary"):
        names[f"{machine.replace('-', '_')}_arn"] = states.create_state_machine(
            name=f"intray-{workspace}-{machine}",
            definition=_MACHINE,
            roleArn="arn:aws:iam::123456789012:role/states",
        )["stateMachineArn"]
    stack = Stack.model_validate(names)
    publish(stack.model_dump(), workspace, region)
    return Deployment(stack=stack, tables=tables, s3=s3, sqs=sqs, states=states)


def publish(names: Mapping[str, Any], workspace: str, region: str) -> None:
    """Writes the parameter that the command finds the stack by."""
    boto3.client("ssm", region_name=region).put_parameter(
        Name=f"/intray/{workspace}/stack", Value=json.dumps(names), Type="String", Overwrite=True
    )


def _make_bucket(s3: "S3Client", name: str, region: str) -> str:
    location: Any = {} if region == "us-east-1" else {"LocationConstraint": region}
    s3.create_bucket(Bucket=name, **({"CreateBucketConfiguration": location} if location else {}))
    s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    return name


def _make_queue(sqs: "SQSClient", workspace: str, name: str) -> dict[str, str]:
    dead = sqs.create_queue(QueueName=f"intray-{workspace}-{name}-dead-letters")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])["Attributes"]
    policy = {"deadLetterTargetArn": arn["QueueArn"], "maxReceiveCount": 5}
    url = sqs.create_queue(
        QueueName=f"intray-{workspace}-{name}", Attributes={"RedrivePolicy": json.dumps(policy)}
    )["QueueUrl"]
    made = {f"{name.replace('-', '_')}_queue_url": url}
    return made | ({"intake_dead_letters_url": dead} if name == "intake" else {})
