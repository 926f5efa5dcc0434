"""Letting a package in, or keeping it out."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cli.failures import NotGoodError
from cli.registry import acts, evidence
from cli.registry.acts import Act, name_person
from cli.registry.evidence import read_verdict
from cli.registry.names import Registry
from cli.registry.standing import Standing, read_standing
from cli.registry.versions import Status, Version
from lambdas.shared.audit import Outcome
from lambdas.shared.model import Frozen

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table
    from mypy_boto3_s3 import S3Client

_STATUS: dict[str, Status] = {acts.APPROVE: "Approved", acts.REJECT: "Rejected"}


class Decided(Frozen):
    """A package as it stands after the decision; not `changed`: it stood so before."""

    version: Version
    changed: bool
    gate: str
    """passed, failed or none."""


@dataclass(frozen=True, kw_only=True)
class Approver:
    """What a decision works on."""

    registry: Registry
    s3: "S3Client"
    sagemaker: Any
    audit_table: "Table"

    def approve(self, version: Version, act: Act, *, without_gate: bool) -> Decided:
        """Approves a package; raises NotGoodError saying why it may not be."""
        standing = read_standing(self.audit_table, version)
        if standing.trail.faults:
            faults = "; ".join(standing.trail.faults)
            raise NotGoodError(f"The trail of {version.digest} does not hold: {faults}.")
        self._check_registrant(version, standing, act)
        gate = self._check_gate(version, standing, without_gate=without_gate)
        return self._decide(version, standing, acts.APPROVE, act, {"gate": gate})

    def reject(self, version: Version, act: Act) -> Decided:
        """Rejects a package, also one that was approved."""
        standing = read_standing(self.audit_table, version)
        return self._decide(version, standing, acts.REJECT, act, {})

    def _check_registrant(self, version: Version, standing: Standing, act: Act) -> None:
        if standing.registered_by is None:
            raise NotGoodError(
                f"No record says who registered {version.digest}:"
                " register it by `intray models register`, then approve it."
            )
        if self.registry.four_eyes and name_person(standing.registered_by) == name_person(act.by):
            raise NotGoodError(
                f"{name_person(act.by)} registered {version.digest} (as {standing.registered_by}):"
                " somebody else must approve it."
            )

    def _check_gate(self, version: Version, standing: Standing, *, without_gate: bool) -> str:
        gate = standing.gate
        if gate is None:
            if not without_gate:
                raise NotGoodError(
                    f"The gate has not judged {version.digest}: add its verdict by `intray models"
                    " register PACKAGE --gate FILE`, or approve it --without-gate."
                )
            return "none"
        # The file, not only what the trail says of it: who approves stands for what can be read.
        finding = evidence.fetch(self.s3, self.registry.bucket, version.digest, "gate", gate.digest)
        verdict = read_verdict(finding.content, finding.key)
        if verdict.package_digest != version.digest:
            raise NotGoodError(f"{finding.key} is the verdict on {verdict.package_digest}.")
        if verdict.passed and verdict.evidence == "generated":
            if not without_gate:
                raise NotGoodError(
                    f"The gate judged {version.digest} on generated documents only, which proves"
                    " little: let it judge an evaluation on real ones, or approve the package"
                    " --without-gate."
                )
            return "generated"
        if verdict.passed:
            return "passed"
        if not without_gate:
            failed = ", ".join(one.criterion for one in verdict.verdicts if not one.passed)
            raise NotGoodError(
                f"{version.digest} failed the gate ({failed}): `intray models show` tells by how"
                " much; approve it --without-gate if it must be."
            )
        return "failed"

    def _decide(
        self, version: Version, standing: Standing, state: str, act: Act, outcome: Outcome
    ) -> Decided:
        status = _STATUS[state]
        changed = version.status != status or standing.decision != state
        if changed:
            # First the act: a record of what AWS then denies would be a lie.
            self.sagemaker.update_model_package(
                ModelPackageArn=version.arn,
                ModelApprovalStatus=status,
                ApprovalDescription=f"{act.by}: {act.reason}",
            )
            acts.record(
                self.audit_table,
                acts.name_package_trail(version.digest),
                state,
                act,
                {"package": version.digest, "version": version.arn, **outcome},
            )
        gate = standing.gate
        return Decided(
            version=version.model_copy(update={"status": status}),
            changed=changed,
            gate="none" if gate is None else "passed" if gate.passed else "failed",
        )
