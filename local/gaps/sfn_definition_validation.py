"""moto 5.2.5: ValidateStateMachineDefinition does not exist.

Terraform calls it while it plans an `aws_sfn_state_machine`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from moto.core.responses import ActionResult
from moto.stepfunctions.parser.asl.parse.asl_parser import (
    AmazonStateLanguageParser,
    ASLParserException,
)
from moto.stepfunctions.responses import StepFunctionResponse

from local.context import GapContext

_SCHEMA = "SCHEMA_VALIDATION_FAILED"
_MISSING = "MISSING_TRANSITION_TARGET"
_NO_NEXT = {"Choice", "Succeed", "Fail"}


def close(context: GapContext) -> None:
    """Parse the definition and report what is wrong with it."""
    del context

    def validate_state_machine_definition(response: StepFunctionResponse) -> ActionResult:
        found = list(diagnose(response._get_param("definition")))
        limit = int(response._get_param("maxResults") or 100)
        return ActionResult(
            {
                "result": "FAIL" if found else "OK",
                "diagnostics": found[:limit],
                "truncated": len(found) > limit,
            }
        )

    # The operation has no method to replace: a class of moto that gained one would win.
    if hasattr(StepFunctionResponse, "validate_state_machine_definition"):
        raise AttributeError("moto validates definitions now: delete this file")
    StepFunctionResponse.validate_state_machine_definition = (  # type: ignore[attr-defined]
        validate_state_machine_definition
    )


def diagnose(definition: str) -> Iterator[dict[str, str]]:
    """What is wrong with a definition, each with the path of the state that is wrong."""
    try:
        machine = json.loads(definition)
    except json.JSONDecodeError as error:
        yield _diagnostic("INVALID_JSON_DESCRIPTION", str(error), "")
        return
    if not isinstance(machine, dict):
        yield _diagnostic(_SCHEMA, "The definition must be an object", "")
        return
    broken = list(_check_program(machine, ""))
    yield from broken
    if broken:
        return
    try:
        AmazonStateLanguageParser.parse(definition)
    except ASLParserException as error:
        yield _diagnostic(_SCHEMA, str(error), "/")
    except (ValueError, KeyError, TypeError, AttributeError, RuntimeError) as error:
        yield _diagnostic(_SCHEMA, f"{type(error).__name__}: {error}", "/")


def _check_program(program: dict[str, Any], path: str) -> Iterator[dict[str, str]]:
    states = program.get("States")
    if not isinstance(states, dict) or not states:
        yield _diagnostic(_SCHEMA, "These fields are required: [States]", path or "/")
        return
    start = program.get("StartAt")
    if start not in states:
        message = f"Missing 'StartAt' target: {start}"
        yield _diagnostic(_MISSING, message, f"{path}/StartAt")
    reached = {start}
    for name, state in states.items():
        where = f"{path}/States/{name}"
        if not isinstance(state, dict) or "Type" not in state:
            yield _diagnostic(_SCHEMA, "These fields are required: [Type]", where)
            continue
        reached.update(target for target, _ in _transitions(state))
        yield from _check_state(state, states, where)
    for name in states:
        if name not in reached:
            message = f'State "{name}" is not reachable.'
            yield _diagnostic(_MISSING, message, f"{path}/States/{name}")


def _check_state(
    state: dict[str, Any], states: dict[str, Any], where: str
) -> Iterator[dict[str, str]]:
    for target, field in _transitions(state):
        if target not in states:
            yield _diagnostic(_MISSING, f"Missing 'Next' target: {target}", f"{where}/{field}")
    if state["Type"] not in _NO_NEXT and ("Next" in state) == bool(state.get("End")):
        yield _diagnostic(_SCHEMA, "Exactly one of [Next, End] is required", where)
    for part in ("ItemProcessor", "Iterator"):
        if isinstance(state.get(part), dict):
            yield from _check_program(state[part], f"{where}/{part}")
    for index, branch in enumerate(state.get("Branches") or []):
        yield from _check_program(branch, f"{where}/Branches[{index}]")


def _transitions(state: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if "Next" in state:
        yield state["Next"], "Next"
    if "Default" in state:
        yield state["Default"], "Default"
    for field in ("Choices", "Catch"):
        for index, rule in enumerate(state.get(field) or []):
            if isinstance(rule, dict) and "Next" in rule:
                yield rule["Next"], f"{field}[{index}]/Next"


def _diagnostic(code: str, message: str, location: str) -> dict[str, str]:
    return {"severity": "ERROR", "code": code, "message": message, "location": location}
