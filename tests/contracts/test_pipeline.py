"""dvc.yaml, params.yaml, the commands and the Makefile speak of the same things."""

import argparse
import configparser
import re
import shlex
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml

from models.__main__ import COMMANDS
from models.pipeline import tables
from models.pipeline.parameters import PARAMETERS
from models.provenance import SOURCES

ROOT = Path(__file__).parents[2]
KINDS = ("lexical", "embedding")
STAGES = ("corpus", "train", "export", "evaluate", "gate", "package")


def read_yaml(name: str) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))
    return content


PIPELINE, ASKED = read_yaml("dvc.yaml"), read_yaml("params.yaml")


def find(values: dict[str, Any], path: str) -> Any:
    for name in path.split("."):
        values = values[name]
    return values


def fill(text: str, kind: str) -> str:
    """The text with its ${…} filled in, as DVC does."""
    values: dict[str, Any] = {**ASKED, "kind": kind}
    for one in PIPELINE["vars"]:
        values |= one
    return re.sub(r"\$\{([^}]+)\}", lambda match: str(find(values, match[1])), text)


def fill_all(stage: str, part: str, kind: str) -> list[str]:
    return [fill(entry, kind) for entry in PIPELINE["stages"][stage].get(part, ())]


def lies_under(path: str, places: Iterator[str] | list[str]) -> bool:
    return any(path == place or path.startswith(f"{place}/") for place in places)


stages = pytest.mark.parametrize("stage", STAGES)
kinds = pytest.mark.parametrize("kind", KINDS)


def test_the_stages_are_these_in_this_order() -> None:
    assert tuple(PIPELINE["stages"]) == STAGES


@stages
@kinds
def test_a_stage_runs_a_command_of_its_name_that_exists(stage: str, kind: str) -> None:
    interpreter, option, module, command, *arguments = shlex.split(
        fill(PIPELINE["stages"][stage]["cmd"], kind)
    )
    assert (interpreter, option, module, command) == ("python", "-m", "models", stage)
    assert command in COMMANDS
    parser = argparse.ArgumentParser(exit_on_error=False)
    import_module(f"models.commands.{command}").declare(parser)
    parsed = parser.parse_args(arguments)
    assert parsed.out == Path(*fill_all(stage, "outs", kind))
    assert getattr(parsed, "params", PARAMETERS) == PARAMETERS


@stages
@kinds
def test_what_a_stage_depends_on_is_there_or_made_before(stage: str, kind: str) -> None:
    made = [
        out for earlier in STAGES[: STAGES.index(stage)] for out in fill_all(earlier, "outs", kind)
    ]
    for path in fill_all(stage, "deps", kind):
        assert lies_under(path, made) or (ROOT / path).exists(), path


@stages
@kinds
def test_what_a_stage_is_given_it_depends_on(stage: str, kind: str) -> None:
    built = fill("${built}", kind)
    depended = fill_all(stage, "deps", kind)
    for word in shlex.split(fill(PIPELINE["stages"][stage]["cmd"], kind)):
        if word.startswith(f"{built}/") and word not in fill_all(stage, "outs", kind):
            assert lies_under(word, depended), word


@stages
@kinds
def test_the_parameters_of_a_stage_are_there(stage: str, kind: str) -> None:
    for name in fill_all(stage, "params", kind):
        find(ASKED, name)


@kinds
def test_every_parameter_but_those_of_tracking_runs_something_again(kind: str) -> None:
    """Of the recipes only that of the kind."""
    tracked = {name for stage in STAGES for name in fill_all(stage, "params", kind)}
    other = KINDS[1 - KINDS.index(kind)]
    assert set(ASKED) - {name.split(".")[0] for name in tracked} == {"tracking", other}


@kinds
def test_an_export_follows_every_source_of_the_packages_code_digest(kind: str) -> None:
    followed = fill_all("export", "deps", kind)
    for source in SOURCES:
        assert lies_under(source, followed), source


def test_what_dvc_shows_is_what_the_evaluation_writes() -> None:
    (folder,) = fill_all("evaluate", "outs", "lexical")
    shown = [*PIPELINE["metrics"], *(path for plot in PIPELINE["plots"] for path in plot)]
    written = (tables.METRICS, tables.CONFUSION, tables.COVERAGE, tables.RELIABILITY)
    assert shown == [f"{folder}/{name}" for name in written]


def test_make_records_the_folder_that_the_stages_write() -> None:
    makefile = (ROOT / "Makefile").read_text()
    assert f"python -m models track {fill('${built}', 'lexical')} " in makefile


def test_nobody_is_told_that_dvc_is_used() -> None:
    config = configparser.ConfigParser()
    config.read(ROOT / ".dvc" / "config")
    assert config["core"]["analytics"] == config["core"]["check_update"] == "false"
    assert not [section for section in config.sections() if section.startswith("'remote")]
