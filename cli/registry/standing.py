"""How a package stands by its trail: who registered it, what the gate said, what was decided."""

from typing import TYPE_CHECKING

from cli.registry import acts
from cli.registry.versions import SAID, Version
from cli.trails import Trail, read_outcome, read_trail
from lambdas.shared.model import Frozen

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

_DECIDED = {acts.APPROVE: "Approved", acts.REJECT: "Rejected"}


class GateOnTrail(Frozen):
    """The latest verdict of the gate that was handed in; `digest` is that of its file."""

    passed: bool
    digest: str
    evidence: str | None


class Standing(Frozen):
    """What the trail says; `faults`: what is wrong with it, or with what the registry says."""

    registered_by: str | None
    gate: GateOnTrail | None
    figures: str | None
    """The digest of the latest figures."""
    decision: str | None
    """The state of the last decision: Approve, Reject, or None."""
    findings: frozenset[str]
    """The digests of all evidence."""
    trail: Trail
    faults: tuple[str, ...]


def read_standing(table: "Table", version: Version) -> Standing:
    """Reads a package's trail and holds it against the registry."""
    trail = read_trail(table, acts.name_package_trail(version.digest))
    registered_by, decision, figures = None, None, None
    gate: GateOnTrail | None = None
    findings: set[str] = set()
    for record in trail.records:
        outcome = read_outcome(record)
        if record.state == acts.REGISTER:
            registered_by = registered_by or record.actor
        elif record.state in _DECIDED:
            decision = record.state
        if record.state not in (acts.REGISTER, acts.ADD_EVIDENCE):
            continue
        if digest := outcome.get("gate_verdict"):
            gate = GateOnTrail(
                passed=outcome.get("gate") == "passed",
                digest=digest,
                evidence=outcome.get("gate_evidence"),
            )
            findings.add(digest)
        if digest := outcome.get("figures"):
            figures = digest
            findings.add(digest)
    return Standing(
        registered_by=registered_by,
        gate=gate,
        figures=figures,
        decision=decision,
        findings=frozenset(findings),
        trail=trail,
        faults=(*trail.faults, *_find_contradictions(version, registered_by, decision)),
    )


def _find_contradictions(
    version: Version, registered_by: str | None, decision: str | None
) -> list[str]:
    """What happened without a record: by other means than this command, or cut short."""
    package = f"version {version.number} ({version.digest[:19]}…)"
    faults = []
    if registered_by is None:
        faults.append(f"{package}: no record says who registered it: register it again")
    if version.status != _DECIDED.get(decision or "", "PendingManualApproval"):
        said = {acts.APPROVE: "was approved", acts.REJECT: "was rejected"}.get(
            decision or "", "was never decided on"
        )
        faults.append(
            f"{package}: it {said} by its trail, and is {SAID[version.status]} in the registry:"
            " approve or reject it again"
        )
    return faults
