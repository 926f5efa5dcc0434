"""The files pass validators that we did not write."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.statemachine.stack import ROOT

FILES = sorted((ROOT / "statemachines").glob("*.asl.json"))
TOOLS = ROOT / "build" / "asl"
SCRIPT = Path(__file__).with_name("validate.mjs")
INSTALL = (
    "Node.js 18 or newer with npm is needed to validate the state machine files"
    " (https://nodejs.org/); then `make build/asl/node_modules` installs the validators."
)


def validate(*files: Path) -> dict[str, dict[str, list[str]]]:
    """The faults that each validator finds in each file."""
    node = shutil.which("node")
    assert node, INSTALL
    assert (TOOLS / "node_modules" / "asl-validator").is_dir(), INSTALL
    done = subprocess.run(
        [node, str(SCRIPT), str(TOOLS), *map(str, files)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    faults: dict[str, dict[str, list[str]]] = json.loads(done.stdout)
    return faults


def test_both_validators_find_nothing() -> None:
    faults = validate(*FILES)

    assert len(faults) == 2
    for found in faults.values():
        assert found == {"amazon-states-language-service": [], "asl-validator": []}


def lead_nowhere(definition: dict[str, Any]) -> None:
    definition["States"]["ProcessDocuments"]["Next"] = "Nowhere"


def forget_the_resource(definition: dict[str, Any]) -> None:
    del definition["States"]["StartSummary"]["Resource"]


@pytest.mark.parametrize("spoil", [lead_nowhere, forget_the_resource])
def test_both_validators_find_a_fault(tmp_path: Path, spoil: Any) -> None:
    definition = json.loads((ROOT / "statemachines" / "document_batch.asl.json").read_text())
    spoil(definition)
    path = tmp_path / "spoilt.asl.json"
    path.write_text(json.dumps(definition))

    (found,) = validate(path).values()

    assert all(found.values()), found
