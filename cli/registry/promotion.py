"""Which package a workspace's next apply deploys, and the way back."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, ValidationError

from cli.failures import NotGoodError
from cli.registry import acts
from cli.registry.acts import Act
from cli.registry.standing import read_standing
from cli.registry.versions import SAID, Version, find_registered
from cli.trails import Trail, read_outcome, read_trail
from lambdas.shared.audit import AuditRecord
from lambdas.shared.model import Frozen

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

_ROOT = "/intray"


class Promotion(BaseModel):
    """What the parameter says; empty where it was written by hand and says nothing."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    digest: str = ""
    package_arn: str = ""
    by: str = ""
    at: str = ""
    reason: str = ""


class Workspace(Frozen):
    """One workspace: what is promoted to it, what its stack runs, and its trail's faults."""

    name: str
    promoted: Promotion | None
    deployed: str | None
    """A digest; None without a stack."""
    trail: Trail
    faults: tuple[str, ...]


class Promoted(Frozen):
    """What was promoted; not `changed`: it was so already."""

    workspace: str
    digest: str
    before: str | None
    changed: bool


@dataclass(frozen=True, kw_only=True)
class Promoter:
    """What promoting works on."""

    workspace: str
    ssm: Any
    audit_table: "Table"

    def promote(self, version: Version, act: Act) -> Promoted:
        """Promotes an approved package; raises NotGoodError saying why it may not be."""
        self._check(version)
        return self._write(version, act, acts.PROMOTE)

    def roll_back(self, versions: Sequence[Version], act: Act) -> Promoted:
        """Promotes what was promoted before, by the trail: each time one step further back.

        Raises NotGoodError when there is none, when it is not approved any more, and when the
        trail does not hold.
        """
        trail = read_trail(self.audit_table, acts.name_workspace_trail(self.workspace))
        if trail.faults:
            faults = "; ".join(trail.faults)
            raise NotGoodError(
                f"The trail of {self.workspace} does not hold, so it does not tell what was"
                f" before: {faults}. Promote a package by its digest."
            )
        current = read_promotion(self.ssm, self.workspace)
        before = _step_back(trace_way(trail.records), current.digest if current else None)
        if before is None:
            raise NotGoodError(f"Nothing was promoted to {self.workspace} before.")
        version = find_registered(versions, before)
        if version is None:
            raise NotGoodError(f"{before}, which was before, is no longer registered.")
        self._check(version)
        return self._write(version, act, acts.ROLL_BACK)

    def _check(self, version: Version) -> None:
        if version.status != "Approved":
            raise NotGoodError(
                f"Version {version.number}, {version.digest}, is not approved"
                f" ({SAID[version.status]}): approve it, or promote another one."
            )
        if faults := read_standing(self.audit_table, version).faults:
            raise NotGoodError(
                f"{version.digest} is approved, but its trail does not bear that out:"
                f" {'; '.join(faults)}."
            )

    def _write(self, version: Version, act: Act, state: str) -> Promoted:
        before = read_promotion(self.ssm, self.workspace)
        trail = acts.name_workspace_trail(self.workspace)
        way = trace_way(read_trail(self.audit_table, trail).records)
        done = bool(before and before.digest == version.digest and way[-1:] == [version.digest])
        if not done:
            told = {"digest": version.digest, "package_arn": version.arn, "by": act.by}
            self.ssm.put_parameter(
                Name=name_parameter(self.workspace),
                Description="The model package that the next apply deploys",
                Value=json.dumps({**told, "at": act.at.isoformat(), "reason": act.reason}),
                Type="String",
                Overwrite=True,
            )
            outcome = {
                "package": version.digest,
                "version": version.arn,
                "before": before.digest if before else None,
            }
            acts.record(self.audit_table, trail, state, act, outcome)
        return Promoted(
            workspace=self.workspace,
            digest=version.digest,
            before=before.digest if before else None,
            changed=not done,
        )


def name_parameter(workspace: str) -> str:
    """Where the next plan reads what is promoted."""
    return f"{_ROOT}/{workspace}/model"


def trace_way(records: Sequence[AuditRecord]) -> list[str]:
    """The digests that lead to what is promoted now, each the way back from the next.

    A promotion goes a step on, a rollback to where it says: so two rollbacks go two steps back.
    """
    way: list[str] = []
    for record in records:
        digest = str(read_outcome(record).get("package"))
        if record.state == acts.ROLL_BACK and digest in way:
            while way[-1] != digest:
                way.pop()
        elif way[-1:] != [digest]:
            way.append(digest)
    return way


def _step_back(way: Sequence[str], current: str | None) -> str | None:
    """The digest to go back to; None when there is none."""
    if not way:
        return None
    if way[-1] == current:
        return way[-2] if way[1:] else None
    # A rollback that was cut short before its record is done again; what came by other means than
    # this command is no step of the way.
    return current if current in way else way[-1]


def read_promotion(ssm: Any, workspace: str) -> Promotion | None:  # noqa: ANN401 - a client without type stubs
    """What is promoted to a workspace; None when nothing ever was."""
    try:
        reply = ssm.get_parameter(Name=name_parameter(workspace))
    except ssm.exceptions.ParameterNotFound:
        return None
    return _parse(reply["Parameter"]["Value"])


def read_workspaces(ssm: Any, audit_table: "Table") -> list[Workspace]:  # noqa: ANN401 - a client without type stubs
    """Every workspace of the account that something was promoted to or deployed in."""
    pages = ssm.get_paginator("get_parameters_by_path").paginate(Path=_ROOT, Recursive=True)
    values = {each["Name"]: each["Value"] for page in pages for each in page["Parameters"]}
    names = {
        parts[2]
        for parts in (name.split("/") for name in values)
        if len(parts) == len(("", "intray", "workspace", "model")) and parts[3] in _KINDS
    }
    return [_gather(name, values, audit_table) for name in sorted(names)]


_KINDS = ("model", "stack")


def _gather(name: str, values: dict[str, str], audit_table: "Table") -> Workspace:
    promotion = values.get(name_parameter(name))
    promoted = _parse(promotion) if promotion is not None else None
    stack = json.loads(values.get(f"{_ROOT}/{name}/stack", "{}"))
    trail = read_trail(audit_table, acts.name_workspace_trail(name))
    return Workspace(
        name=name,
        promoted=promoted,
        deployed=stack.get("model", {}).get("digest"),
        trail=trail,
        faults=(*trail.faults, *_find_contradictions(name, promoted, trail)),
    )


def _find_contradictions(name: str, promoted: Promotion | None, trail: Trail) -> list[str]:
    way = trace_way(trail.records)
    said, last = promoted.digest if promoted else None, way[-1] if way else None
    if said == last:
        return []
    return [
        f"{name}: {name_parameter(name)} says {said or 'nothing'}, the trail {last or 'nothing'}:"
        " promote the package that is meant"
    ]


def _parse(value: str) -> Promotion:
    try:
        return Promotion.model_validate_json(value)
    except ValidationError:
        return Promotion()
