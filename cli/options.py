"""The options that every command takes, before its name or after it."""

import time
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, TypeVar

import click

from cli.connection import (
    LOCAL,
    Connection,
    RegistryConnection,
    Target,
    connect,
    connect_registry,
)
from cli.failures import told_in_one_line
from cli.screen import Screen
from cli.waiting import Patience

Command = TypeVar("Command", bound=Callable[..., Any])

_LONGEST_REASON = 500
_TARGET = {
    "workspace": "Terraform workspace of the stack.",
    "profile": "Profile of the AWS configuration; the local stack needs none.",
    "region": "AWS region.",
}


def takes_target(group: Command) -> Command:
    """Adds --workspace, --profile and --region to the group."""
    for name, text in reversed(_TARGET.items()):
        environment = "INTRAY_WORKSPACE" if name == "workspace" else None
        default = LOCAL if name == "workspace" else None
        group = click.option(
            f"--{name}", help=text, envvar=environment, default=default, show_default=True
        )(group)
    return group


def asks_stack(command: Callable[..., None]) -> Callable[..., None]:
    """Adds the options, and hands the command a connection and a screen as its first arguments."""
    return _asks(command, connect)


def asks_registry(command: Callable[..., None]) -> Callable[..., None]:
    """As `asks_stack`, with a connection to the account's model registry."""
    return _asks(command, connect_registry)


def _asks(
    command: Callable[..., None], reach: Callable[[Target], Connection | RegistryConnection]
) -> Callable[..., None]:
    @click.pass_context
    @wraps(command)
    def ask(context: click.Context, /, **arguments: Any) -> None:  # noqa: ANN401 - click's own
        given: dict[str, str | None] = {**context.find_root().params}
        given |= {name: value for name in _TARGET if (value := arguments.pop(name))}
        target = Target(
            workspace=given["workspace"] or LOCAL,
            profile=given["profile"],
            region=given["region"],
        )
        screen = Screen(json=arguments.pop("as_json"))
        with told_in_one_line(target.workspace):
            command(reach(target), screen, **arguments)

    for name, text in reversed(_TARGET.items()):
        ask = click.option(f"--{name}", help=text)(ask)
    return click.option("--json", "as_json", is_flag=True, help="Answer with one JSON document.")(
        ask
    )


def takes_reason(command: Callable[..., None]) -> Callable[..., None]:
    """Adds --reason, which goes on record: one line that says why."""
    return click.option(
        "--reason", required=True, callback=_check_reason, help="Why; it goes on record."
    )(command)


def _check_reason(_context: click.Context, _option: click.Parameter, value: str) -> str:
    reason = value.strip()
    if not reason or not reason.isprintable():
        raise click.BadParameter("say why, in one line.")
    if len(reason) > _LONGEST_REASON:
        raise click.BadParameter(f"say it in {_LONGEST_REASON} characters.")
    return reason


def takes_patience(what: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Adds --wait and --timeout; the command gets them as `patience`, None: does not wait."""

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        @wraps(command)
        def wait(*given: Any, wait: bool, timeout: float, **arguments: Any) -> None:  # noqa: ANN401 - passed on
            limit = timedelta(minutes=timeout)
            patience = Patience(limit=limit, elapsed=time.monotonic, sleep=time.sleep)
            command(*given, patience=patience if wait else None, **arguments)

        minutes = click.option(
            "--timeout",
            default=30.0,
            show_default=True,
            type=click.FloatRange(min=0),
            help="Minutes to wait at most.",
        )
        return click.option("--wait", is_flag=True, help=f"Wait until {what}.")(minutes(wait))

    return decorate
