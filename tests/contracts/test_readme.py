"""The README says what is so."""

import re
from pathlib import Path

from local.documentation import README, renew

MAKEFILE = Path(README).with_name("Makefile")


def test_its_generated_tables_are_current() -> None:
    text = README.read_text(encoding="utf-8")
    assert renew(text) == text, "run `make docs`"


def test_its_make_targets_exist() -> None:
    text = README.read_text(encoding="utf-8")
    named = set(re.findall(r"(?:^|`)make ([a-z]+)", text, re.MULTILINE))
    targets = set(re.findall(r"^([a-z-]+):", MAKEFILE.read_text(encoding="utf-8"), re.MULTILINE))
    assert named
    assert named <= targets
