"""moto 5.2.5: `"ToleratedFailurePercentage": 25` is a syntax error: the grammar wants `25.0`."""

from __future__ import annotations

import json

from moto.stepfunctions.parser.asl.parse.asl_parser import AmazonStateLanguageParser

from local.context import GapContext
from local.gaps import seams
from local.gaps.seams import Untyped

_PERCENTAGE = "ToleratedFailurePercentage"


def close(context: GapContext) -> None:
    """Accept whole percentages."""
    del context

    def around(original: Untyped) -> Untyped:
        def parse(definition: str) -> Untyped:
            return original(_with_decimal_percentages(definition))

        return staticmethod(parse)

    seams.wrap(AmazonStateLanguageParser, "parse", around)


def _with_decimal_percentages(definition: str) -> str:
    if _PERCENTAGE not in definition:
        return definition
    try:
        machine = json.loads(definition)
    except json.JSONDecodeError:
        return definition  # the parser says where
    _write_decimals(machine)
    return json.dumps(machine)


def _write_decimals(program: Untyped) -> None:
    if not isinstance(program, dict) or not isinstance(program.get("States"), dict):
        return
    for state in program["States"].values():
        if not isinstance(state, dict):
            continue
        percentage = state.get(_PERCENTAGE)
        if isinstance(percentage, int) and not isinstance(percentage, bool):
            state[_PERCENTAGE] = float(percentage)
        _write_decimals(state.get("ItemProcessor"))
        _write_decimals(state.get("Iterator"))
        for branch in state.get("Branches") or []:
            _write_decimals(branch)
