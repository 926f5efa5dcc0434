"""The validation of one document: extraction in, findings out, one record on the audit trail."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from lambdas.shared import audit, storage
from lambdas.shared.contracts import Finding, Findings, Severity, Validation
from lambdas.shared.extraction import Extraction
from lambdas.validate.event import Event
from lambdas.validate.rules.evaluation import evaluate
from lambdas.validate.rules.ruleset import load_rule_set

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table
    from mypy_boto3_s3 import S3Client


def validate(event: Event, *, s3: "S3Client", audit_table: "Table", bucket: str) -> Validation:
    """Evaluates the rule set of the document's class and writes the findings to `bucket`.

    Raises RuleSetError when the rule set is missing or faulty, ObjectMissingError when the
    extraction is not there. The same document gives the same findings: writing twice is harmless.
    """
    document = event.document
    rule_set = load_rule_set(event.classification.label)
    extraction = storage.read_model(s3, event.extraction.extraction, Extraction)
    findings = evaluate(rule_set, extraction, received=document.received_at.date())
    pointer = storage.write_model(
        s3,
        storage.findings_pointer(bucket, document.id),
        Findings(
            document_id=document.id,
            rule_set=rule_set.name,
            rule_set_digest=rule_set.digest,
            findings=findings,
        ),
    )
    validation = Validation(
        rule_set=rule_set.name,
        rule_set_digest=rule_set.digest,
        findings=pointer,
        rejected_by=_list_failed(findings, "reject"),
        held_by=_list_failed(findings, "hold"),
        warned_by=_list_failed(findings, "warn"),
        evaluated=len(findings),
    )
    audit.append(
        audit_table,
        document_id=document.id,
        transition=event.transition,
        outcome=validation.model_dump(mode="json", exclude={"findings"}),
    )
    return validation


def _list_failed(findings: Iterable[Finding], severity: Severity) -> tuple[str, ...]:
    return tuple(
        finding.rule for finding in findings if not finding.passed and finding.severity == severity
    )
