"""The state machines' files as the contracts look at them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

FOLDER = Path(__file__).parents[2] / "statemachines"
State: TypeAlias = dict[str, Any]


@dataclass(frozen=True)
class Scope:
    """A machine, or what a Map runs for each item: states that lead to each other."""

    machine: str
    start: str
    states: dict[str, State]


@cache
def read_machines() -> dict[str, dict[str, Any]]:
    """Every definition, by its name in AWS."""
    return {
        path.name.removesuffix(".asl.json").replace("_", "-"): json.loads(path.read_text())
        for path in sorted(FOLDER.glob("*.asl.json"))
    }


def list_scopes() -> Iterator[Scope]:
    for name, definition in read_machines().items():
        yield from _list_scopes(name, definition)


def _list_scopes(machine: str, body: dict[str, Any]) -> Iterator[Scope]:
    yield Scope(machine, body["StartAt"], body["States"])
    for state in body["States"].values():
        assert "Branches" not in state, "teach this file about Parallel"
        if "ItemProcessor" in state:
            yield from _list_scopes(machine, state["ItemProcessor"])


def read_states() -> dict[str, State]:
    """Every state by `machine/name`; names are unique in a machine."""
    return {
        f"{scope.machine}/{name}": state
        for scope in list_scopes()
        for name, state in scope.states.items()
    }


def read_tasks(resource: str = "") -> dict[str, State]:
    """The Task states, by `machine/name`, whose resource begins so."""
    return {
        name: state
        for name, state in read_states().items()
        if state["Type"] == "Task" and state["Resource"].startswith(resource)
    }


def read_child() -> Scope:
    """What is run for each document."""
    (child,) = [scope for scope in list_scopes() if scope.start == "ReserveExtractionSlot"]
    return child


def find_function(state: State) -> str:
    """The folder of the function that a Task invokes."""
    name: str = state["Parameters"]["FunctionName"]
    assert name.startswith("${")
    assert name.endswith("_function_arn}")
    return name.removeprefix("${").removesuffix("_function_arn}")


def walk(value: Any) -> Iterator[tuple[str, Any]]:
    """Every key with its value, at any depth."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key, inner
            yield from walk(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from walk(inner)
