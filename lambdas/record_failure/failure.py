"""A failure made a decision: hold, with a sentence that a person understands."""

import json
from datetime import datetime
from typing import TYPE_CHECKING

from lambdas.record_failure.event import Event, Failure
from lambdas.shared import audit, documents
from lambdas.shared.contracts import Decision, DecisionResult, Reason, Transition

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

_SILENT_BEFORE = {"ExtractText": "WaitForExtractionSlot"}
"""States that have no function of their own: the one after them records them."""


def record_failure(
    event: Event, *, now: datetime, documents_table: "Table", audit_table: "Table"
) -> DecisionResult:
    """Holds the document, unless it was decided before; returns the decision that stands."""
    ((state, failure),) = event.failed.items()
    # The failed state recorded itself, and the silent one before it, only if it came that far.
    for unrecorded, outcome in ((_SILENT_BEFORE.get(state), {}), (state, {"error": failure.error})):
        if unrecorded:
            audit.append(
                audit_table,
                document_id=event.document.id,
                transition=Transition(
                    execution_id=event.transition.execution_id,
                    state=unrecorded,
                    attempt=0,
                    entered_at=event.transition.entered_at,
                ),
                outcome=outcome,
            )
    message = f"{state} failed: {explain(failure)}"
    decision = documents.decide(
        documents_table,
        event.document.id,
        Decision(route="hold", reasons=(Reason(code="processing_failed", message=message),)),
        now=now,
    )
    codes = [reason.code for reason in decision.reasons]
    audit.append(
        audit_table,
        document_id=event.document.id,
        transition=event.transition,
        outcome={
            "failed_state": state,
            "error": failure.error,
            "route": decision.route,
            "reasons": codes,
        },
    )
    return DecisionResult(route=decision.route, reasons=tuple(codes))


def explain(failure: Failure) -> str:
    """The error's name and what it says, without a stack trace."""
    try:
        cause = json.loads(failure.cause)
    except ValueError:
        cause = failure.cause
    said = cause.get("errorMessage") if isinstance(cause, dict) else cause
    text = " ".join(str(said or "no explanation was given").split())
    return f"{failure.error}: {text[:500]}"
