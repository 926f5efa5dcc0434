"""The registry at a glance, and everything that is known of one package."""

import json
from collections.abc import Sequence
from typing import Any

from cli.connection import RegistryConnection
from cli.registry import evidence
from cli.registry.evidence import GateVerdict, read_verdict
from cli.registry.promotion import Workspace, read_workspaces
from cli.registry.standing import GateOnTrail, Standing, read_standing
from cli.registry.versions import Version, choose_version, list_versions
from cli.whereabouts import Step, tell_steps
from lambdas.classify.package import DESCRIPTION, PackageDescription, name_key
from lambdas.shared.contracts import ObjectPointer
from lambdas.shared.model import Frozen
from lambdas.shared.storage import read_model


class Use(Frozen):
    """Where a package is used: workspaces that it is promoted to, and that run it."""

    promoted: tuple[str, ...]
    deployed: tuple[str, ...]


class ListedPackage(Frozen):
    """One line of the registry."""

    version: Version
    gate: GateOnTrail | None
    use: Use


class Listing(Frozen):
    """Every package, the latest first; `faults`: where a trail or the registry was changed."""

    group: str
    packages: tuple[ListedPackage, ...]
    faults: tuple[str, ...]


class ShownAct(Frozen):
    """One record, with the trail that it is on."""

    trail: str
    step: Step


class ShownPackage(Frozen):
    """Everything about one package."""

    version: Version
    description: PackageDescription
    registered_by: str | None
    use: Use
    gate: GateVerdict | None
    figures: dict[str, Any] | None
    acts: tuple[ShownAct, ...]
    """What was done to it and with it, in order of time."""
    faults: tuple[str, ...]


def look(connection: RegistryConnection) -> Listing:
    """Lists the packages and verifies every trail."""
    workspaces = read_workspaces(connection.ssm, connection.audit)
    faults = [fault for workspace in workspaces for fault in workspace.faults]
    packages = []
    for version in reversed(list_versions(connection.sagemaker, connection.registry.group)):
        standing = read_standing(connection.audit, version)
        faults += standing.faults
        use = _find_use(workspaces, version.digest)
        packages.append(ListedPackage(version=version, gate=standing.gate, use=use))
    return Listing(group=connection.registry.group, packages=tuple(packages), faults=tuple(faults))


def show(connection: RegistryConnection, name: str) -> ShownPackage:
    """Gathers what is known of one package; raises NotGoodError when it is not registered."""
    bucket = connection.registry.bucket
    version = choose_version(list_versions(connection.sagemaker, connection.registry.group), name)
    standing = read_standing(connection.audit, version)
    workspaces = read_workspaces(connection.ssm, connection.audit)
    pointer = ObjectPointer(bucket=bucket, key=name_key(version.digest, DESCRIPTION))
    return ShownPackage(
        version=version,
        description=read_model(connection.s3, pointer, PackageDescription),
        registered_by=standing.registered_by,
        use=_find_use(workspaces, version.digest),
        gate=_fetch_gate(connection, version, standing),
        figures=_fetch_figures(connection, version, standing),
        acts=_gather_acts(version, standing, workspaces),
        faults=(*standing.faults, *(fault for each in workspaces for fault in each.faults)),
    )


def _find_use(workspaces: Sequence[Workspace], digest: str) -> Use:
    return Use(
        promoted=tuple(
            each.name for each in workspaces if each.promoted and each.promoted.digest == digest
        ),
        deployed=tuple(each.name for each in workspaces if each.deployed == digest),
    )


def _fetch_gate(
    connection: RegistryConnection, version: Version, standing: Standing
) -> GateVerdict | None:
    if standing.gate is None:
        return None
    finding = evidence.fetch(
        connection.s3, connection.registry.bucket, version.digest, "gate", standing.gate.digest
    )
    return read_verdict(finding.content, finding.key)


def _fetch_figures(
    connection: RegistryConnection, version: Version, standing: Standing
) -> dict[str, Any] | None:
    if standing.figures is None:
        return None
    finding = evidence.fetch(
        connection.s3, connection.registry.bucket, version.digest, "figures", standing.figures
    )
    told: dict[str, Any] = json.loads(finding.content)
    return told


def _gather_acts(
    version: Version, standing: Standing, workspaces: Sequence[Workspace]
) -> tuple[ShownAct, ...]:
    shown = [ShownAct(trail="package", step=step) for step in tell_steps(standing.trail.records)]
    for workspace in workspaces:
        shown += [
            ShownAct(trail=workspace.name, step=step)
            for step in tell_steps(workspace.trail.records)
            if version.digest in (step.outcome.get("package"), step.outcome.get("before"))
        ]
    return tuple(sorted(shown, key=lambda each: each.step.at))
