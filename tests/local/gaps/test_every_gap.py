"""Every gap is one file, closed by name, and tested."""

from __future__ import annotations

from pathlib import Path

import pytest

import local.gaps
from local.gaps import GAPS, seams

FOLDER = Path(local.gaps.__file__).parent
MODULES = {path.stem: path.read_text() for path in FOLDER.glob("*.py")}
TESTS = "".join(path.read_text() for path in Path(__file__).parent.glob("test_*.py"))


def test_every_module_that_closes_a_gap_is_listed_once() -> None:
    closing = [name for name, text in MODULES.items() if "\ndef close(context" in text]
    assert sorted(GAPS) == sorted(closing)


@pytest.mark.parametrize("name", GAPS)
def test_a_gap_names_moto_and_has_a_test_against_plain_moto(name: str) -> None:
    assert MODULES[name].startswith('"""moto 5.2.5: ')
    assert f'"{name}")' in TESTS or f"local/gaps/{name}.py" in TESTS


def test_what_moto_renamed_is_noticed_at_start_up() -> None:
    class Owner:
        """Has no such method any more."""

    with pytest.raises(AttributeError, match="review this gap"):
        seams.replace(Owner, "renamed", None)
