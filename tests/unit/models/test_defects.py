import tomllib
from pathlib import Path
from random import Random
from typing import Any

import pytest

from models.corpus.classes import KINDS
from models.corpus.defects import Defect, Kind
from models.corpus.reading import read_lines

RULE_SETS = Path(__file__).parents[3] / "lambdas" / "validate" / "rulesets"
PLANTED = [
    pytest.param(kind, defect, id=f"{kind.label}-{defect.name}")
    for kind in KINDS.values()
    for defect in kind.defects
]


def _read_severities(label: str) -> dict[str, str]:
    rules = tomllib.loads((RULE_SETS / f"{label}.toml").read_text(encoding="utf-8"))["rules"]
    return {rule["id"]: rule["severity"] for rule in rules}


@pytest.mark.parametrize(("kind", "defect"), PLANTED)
def test_every_planted_reason_is_a_rule_of_the_class(kind: Kind[Any], defect: Defect[Any]) -> None:
    severities = _read_severities(kind.label)
    assert set(defect.reasons) <= severities.keys()


@pytest.mark.parametrize(("kind", "defect"), PLANTED)
def test_the_expected_route_follows_from_the_severities(
    kind: Kind[Any], defect: Defect[Any]
) -> None:
    severities = {_read_severities(kind.label)[reason] for reason in defect.reasons}
    assert defect.route == ("reject" if "reject" in severities else "hold")


@pytest.mark.parametrize(("kind", "defect"), PLANTED)
def test_a_defect_changes_the_facts(kind: Kind[Any], defect: Defect[Any]) -> None:
    random = Random(defect.name)
    while not defect.applies(facts := kind.draw(random)):
        continue
    assert defect.change(facts) != facts


@pytest.mark.parametrize(("kind", "defect"), PLANTED)
def test_a_defect_shows_on_the_page(kind: Kind[Any], defect: Defect[Any]) -> None:
    document, _ = kind.spoil(Random("seen"), defect.name)
    random = Random("seen")
    while not defect.applies(facts := kind.draw(random)):
        continue
    clean = kind.compose(facts, random)
    assert document.blocks != clean.blocks
    assert read_lines(document)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_no_two_defects_of_a_class_have_the_same_name(kind: Kind[Any]) -> None:
    names = [defect.name for defect in kind.defects]
    assert len(set(names)) == len(names) >= 4
