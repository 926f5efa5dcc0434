"""What a cold start loads: each handler is imported in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import FAKE
from tests.handlers.conftest import Pipeline

ROOT = Path(__file__).parents[2]
FUNCTIONS = sorted(path.parent.name for path in (ROOT / "lambdas").glob("*/handler.py"))
HEAVY = ("numpy", "onnxruntime", "tokenizers", "moto", "PIL", "pypdfium2")
_LOOK = """
import importlib, sys
importlib.import_module(f"lambdas.{sys.argv[1]}.handler")
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def list_loaded(function: str, environment: dict[str, str]) -> set[str]:
    """The top-level modules that are loaded when the handler has been imported."""
    done = subprocess.run(
        [sys.executable, "-c", _LOOK, function],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **FAKE, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def test_there_are_handlers_to_look_at() -> None:
    assert len(FUNCTIONS) >= 11


@pytest.mark.parametrize("function", sorted({*FUNCTIONS} - {"classify"}))
def test_no_handler_but_classify_loads_the_model_runtime(pipeline: Pipeline, function: str) -> None:
    loaded = list_loaded(function, pipeline.environment)

    allowed = {"PIL", "pypdfium2"} if function == "intake" else set()
    assert loaded.intersection(HEAVY) <= allowed


def test_a_missing_setting_fails_the_init_by_its_name(pipeline: Pipeline) -> None:
    environment = {**pipeline.environment, "MAX_PAGES": "many"}
    del environment["AUDIT_TABLE"]

    with pytest.raises(AssertionError, match=r"(?s)audit_table.*max_pages"):
        list_loaded("intake", environment)
