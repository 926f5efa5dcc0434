"""What people do to packages, on the registry's audit trail: who, when and why.

A package has a trail of its own (registered, approved, rejected), and so has each workspace
(promoted, rolled back): an act is one record, whatever it concerns.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from pydantic import AwareDatetime

from lambdas.shared import audit
from lambdas.shared.audit import AuditRecord, Outcome
from lambdas.shared.contracts import Transition
from lambdas.shared.model import Frozen

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

REGISTER, ADD_EVIDENCE = "Register", "AddEvidence"
APPROVE, REJECT = "Approve", "Reject"
PROMOTE, ROLL_BACK = "Promote", "RollBack"


class Act(Frozen):
    """Whose command it is, from when, and why."""

    by: str
    at: AwareDatetime
    """To the millisecond, as trails keep it."""
    reason: str


def begin_act(by: str, *, at: datetime, reason: str) -> Act:
    """An act of this moment."""
    return Act(by=by, at=at.replace(microsecond=at.microsecond // 1000 * 1000), reason=reason)


def name_package_trail(digest: str) -> str:
    """The id of a package's trail."""
    return f"model-{digest.removeprefix('sha256:')}"


def name_workspace_trail(workspace: str) -> str:
    """The id of a workspace's trail."""
    return f"workspace-{workspace}"


def name_person(arn: str) -> str:
    """Who it is, in whatever role: the name of the session or of the user."""
    return arn.rpartition("/")[2] or arn


def record(table: "Table", trail: str, state: str, act: Act, outcome: Outcome) -> AuditRecord:
    """Appends an act; the same act once, another one of the same person as a record of its own."""
    return audit.append(
        table,
        document_id=trail,
        transition=Transition(state=state, execution_id=act.by, attempt=0, entered_at=act.at),
        outcome={**outcome, "reason": act.reason},
        find_same=_find_same_act,
    )


def _find_same_act(trail: Sequence[AuditRecord], transition: Transition) -> AuditRecord | None:
    # A record's key would do for an execution, which enters a state once; people come again.
    act = (transition.execution_id, transition.state, transition.entered_at)
    return next((one for one in trail if (one.actor, one.state, one.at) == act), None)
