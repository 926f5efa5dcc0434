"""ValidateStateMachineDefinition says what is wrong, and where."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from local.gaps.sfn_definition_validation import diagnose
from tests.local.gaps.machines import distributed, machine
from tests.local.gaps.servers import Server, assert_gap

GOOD = machine("Echo", Echo={"Type": "Pass", "End": True})


def validate(server: Server, definition: str) -> dict[str, Any]:
    result: dict[str, Any] = server.client("stepfunctions").validate_state_machine_definition(
        definition=definition, type="STANDARD"
    )
    return result


def test_moto_validates_nothing(plain: Server) -> None:
    try:
        answered = bool(validate(plain, json.dumps(GOOD)))
    except ClientError:
        answered = False
    assert_gap(not answered, "sfn_definition_validation")


def test_a_good_definition_is_ok(closed: Server) -> None:
    result = validate(closed, json.dumps(GOOD))
    assert (result["result"], result["diagnostics"]) == ("OK", [])


def test_a_bad_definition_fails_with_the_path_of_the_state(closed: Server) -> None:
    bad = machine("A", A={"Type": "Pass", "Next": "Nowhere"})
    result = validate(closed, json.dumps(bad))
    assert result["result"] == "FAIL"
    assert [each["location"] for each in result["diagnostics"]] == ["/States/A/Next"]


@pytest.mark.parametrize(
    ("definition", "location"),
    [
        ("{", ""),
        ("[]", ""),
        ("{}", "/"),
        (json.dumps(machine("B", A={"Type": "Pass", "End": True})), "/StartAt"),
        (json.dumps(machine("A", A={"Type": "Pass"})), "/States/A"),
        (json.dumps(machine("A", A={"End": True})), "/States/A"),
        (
            json.dumps(distributed(machine("X", Y={"Type": "Pass", "End": True}))),
            "/States/Map/ItemProcessor/StartAt",
        ),
    ],
)
def test_every_mistake_has_its_place(definition: str, location: str) -> None:
    assert location in [each["location"] for each in diagnose(definition)]


def test_what_only_the_parser_finds_is_reported() -> None:
    bad = machine("A", A={"Type": "Wait", "Seconds": "soon", "End": True})
    assert [each["severity"] for each in diagnose(json.dumps(bad))] == ["ERROR"]


def test_an_unreachable_state_is_reported() -> None:
    lost = machine("A", A={"Type": "Succeed"}, B={"Type": "Succeed"})
    assert [each["location"] for each in diagnose(json.dumps(lost))] == ["/States/B"]
