"""What the functions and the state machines take for granted about each other's times."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.terraform.plan import Plan

PROJECT = Path(__file__).parents[2]

# Imports the handlers, each in the environment that Terraform gives it, and tells which variables
# its settings read; what comes after that in an init needs an account.
READ_SETTINGS = """
import contextlib, importlib, json, os, sys
from lambdas.shared.settings import Settings

class Read(Exception):
    pass

fields, load = {}, Settings.load.__func__
environments = json.load(sys.stdin)

def load_and_tell(kind, environment=os.environ):
    fields[name] = sorted(field.upper() for field in kind.model_fields)
    load(kind, environment)
    raise Read

Settings.load = classmethod(load_and_tell)
for name, environment in environments.items():
    os.environ.update(environment)
    with contextlib.suppress(Read):
        importlib.import_module(f"lambdas.{name}.handler")
    for variable in environment:
        del os.environ[variable]
print(json.dumps(fields))
"""

FOR_EVERY_FUNCTION = {"LOG_LEVEL", "POWERTOOLS_METRICS_NAMESPACE", "POWERTOOLS_SERVICE_NAME"}


def _read_states(definition: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, state in definition["States"].items():
        yield name, state
        if "ItemProcessor" in state:
            yield from _read_states(state["ItemProcessor"])


@pytest.fixture(scope="module")
def waits() -> dict[str, dict[str, Any]]:
    """The states that call a function, by the function's folder; the most impatient one."""
    found: dict[str, dict[str, Any]] = {}
    for file in (PROJECT / "statemachines").glob("*.asl.json"):
        for _, state in _read_states(json.loads(file.read_text())):
            placeholder = state.get("Parameters", {}).get("FunctionName", "")
            function = placeholder.removeprefix("${").removesuffix("_function_arn}")
            known = found.get(function)
            if function and (known is None or state["TimeoutSeconds"] < known["TimeoutSeconds"]):
                found[function] = state
    return found


def test_every_handler_has_a_function_and_every_function_its_handler(production: Plan) -> None:
    handlers = {path.parent.name for path in (PROJECT / "lambdas").glob("*/handler.py")}
    commands = {
        name: function["image_config"][0]["command"]
        for name, function in production.functions().items()
    }
    assert commands == {name: [f"lambdas.{name}.handler.handler"] for name in handlers}


def test_only_classify_runs_in_the_image_with_the_model(production: Plan) -> None:
    images = {
        name: function["image_uri"].split("/")[-1].split("@")[0]
        for name, function in production.functions().items()
    }
    assert images.pop("classify") == "classifier"
    assert set(images.values()) == {"pipeline"}


def test_every_function_gets_the_settings_that_its_handler_reads(production: Plan) -> None:
    environments = {name: production.environment(name) for name in production.functions()}
    result = subprocess.run(
        [sys.executable, "-c", READ_SETTINGS],
        input=json.dumps(environments),
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    read = {name: set(fields) for name, fields in json.loads(result.stdout).items()}
    given = {name: variables.keys() for name, variables in environments.items()}
    assert given == {name: fields | FOR_EVERY_FUNCTION for name, fields in read.items()}


@pytest.mark.parametrize("environment", ["production", "local"])
def test_a_function_ends_before_the_state_that_waits_for_it(
    request: pytest.FixtureRequest, waits: dict[str, dict[str, Any]], environment: str
) -> None:
    plan: Plan = request.getfixturevalue(environment)
    functions = plan.functions()
    assert len(waits) == 8
    assert {
        name: (functions[name]["timeout"], state["TimeoutSeconds"])
        for name, state in waits.items()
        if functions[name]["timeout"] >= state["TimeoutSeconds"]
    } == {}


def test_a_place_is_held_as_long_as_the_state_waits_for_the_job(
    production: Plan, waits: dict[str, dict[str, Any]]
) -> None:
    lease = int(production.environment("extract")["LEASE_SECONDS"])
    assert lease >= waits["extract"]["TimeoutSeconds"]


def test_nobody_takes_over_a_registration_that_may_still_be_under_way(production: Plan) -> None:
    lease = int(production.environment("intake")["REGISTRATION_LEASE_SECONDS"])
    (hidden,) = [
        queue["visibility_timeout_seconds"]
        for queue in production.of_type("aws_sqs_queue").values()
        if queue["name"] == "intray-prod-intake"
    ]
    assert production.functions()["intake"]["timeout"] < lease < hidden


def test_what_eight_downloads_need_fits_on_the_function_s_disk(production: Plan) -> None:
    largest = int(production.environment("intake")["MAX_BYTES"])
    (disk,) = production.functions()["intake"]["ephemeral_storage"]
    assert disk["size"] * 1024**2 >= 8 * largest
