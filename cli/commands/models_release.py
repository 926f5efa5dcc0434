"""`intray models approve`, `reject`, `promote` and `rollback`: from the registry to a workspace."""

from datetime import UTC, datetime

import click

from cli.connection import RegistryConnection
from cli.options import asks_registry, takes_reason
from cli.pages import registry as page
from cli.registry.acts import Act, begin_act
from cli.registry.approval import Approver
from cli.registry.promotion import Promoter, read_workspaces
from cli.registry.versions import Version, choose_version, list_versions
from cli.screen import Screen


@click.command()
@click.argument("name", metavar="DIGEST")
@click.option("--without-gate", is_flag=True, help="Although no gate passed it; goes on record.")
@takes_reason
@asks_registry
def approve(
    connection: RegistryConnection, screen: Screen, *, name: str, without_gate: bool, reason: str
) -> None:
    """Let a registered package in, so that it can be promoted."""
    approver, version = _approver(connection), _choose(connection, name)
    answer = approver.approve(version, _act(connection, reason), without_gate=without_gate)
    screen.answer(answer, *page.draw_decided(answer))


@click.command()
@click.argument("name", metavar="DIGEST")
@takes_reason
@asks_registry
def reject(connection: RegistryConnection, screen: Screen, *, name: str, reason: str) -> None:
    """Keep a package out, or withdraw its approval; a stack that runs it goes on running it."""
    version = _choose(connection, name)
    answer = _approver(connection).reject(version, _act(connection, reason))
    for workspace in read_workspaces(connection.ssm, connection.audit):
        if workspace.promoted and workspace.promoted.digest == version.digest:
            screen.warn(
                f"it is promoted to {workspace.name}, where every plan now fails:"
                " promote another one, or roll back"
            )
    screen.answer(answer, *page.draw_decided(answer))


@click.command()
@click.argument("name", metavar="DIGEST")
@takes_reason
@asks_registry
def promote(connection: RegistryConnection, screen: Screen, *, name: str, reason: str) -> None:
    """Let the workspace's next apply deploy an approved package."""
    version = _choose(connection, name)
    answer = _promoter(connection).promote(version, _act(connection, reason))
    screen.answer(answer, *page.draw_promoted(answer))


@click.command()
@takes_reason
@asks_registry
def rollback(connection: RegistryConnection, screen: Screen, *, reason: str) -> None:
    """Promote what was promoted to the workspace before; again, what was before that."""
    versions = list_versions(connection.sagemaker, connection.registry.group)
    answer = _promoter(connection).roll_back(versions, _act(connection, reason))
    screen.answer(answer, *page.draw_promoted(answer))


def _choose(connection: RegistryConnection, name: str) -> Version:
    return choose_version(list_versions(connection.sagemaker, connection.registry.group), name)


def _act(connection: RegistryConnection, reason: str) -> Act:
    return begin_act(connection.caller, at=datetime.now(UTC), reason=reason)


def _approver(connection: RegistryConnection) -> Approver:
    return Approver(
        registry=connection.registry,
        s3=connection.s3,
        sagemaker=connection.sagemaker,
        audit_table=connection.audit,
    )


def _promoter(connection: RegistryConnection) -> Promoter:
    return Promoter(
        workspace=connection.workspace, ssm=connection.ssm, audit_table=connection.audit
    )
