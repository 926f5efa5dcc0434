"""What the images hold and set is what the functions need and the benchmark assumes."""

import re
from pathlib import Path

from local.bench.functions import IMAGE

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "docker/Dockerfile").read_text()
_MADE = re.compile(r'\b(?:client|resource)\(\s*"([a-z0-9-]+)"')


def test_the_images_keep_the_services_that_the_functions_call_and_no_other() -> None:
    called = {
        service
        for path in (ROOT / "lambdas").rglob("*.py")
        for service in _MADE.findall(path.read_text())
    }
    assert set((ROOT / "docker/services.txt").read_text().split()) == called


def test_every_image_leaves_out_the_other_services() -> None:
    assert DOCKERFILE.count("--require-hashes") == DOCKERFILE.count("keep_services.sh /opt/python")


def test_the_benchmark_starts_classify_with_what_its_image_sets() -> None:
    set_there = dict(re.findall(r"([A-Z_]+)=(\S+)", " ".join(_list_settings())))
    assert {name: set_there.get(name) for name in IMAGE} == IMAGE


def _list_settings() -> list[str]:
    text = DOCKERFILE.replace("\\\n", " ")
    return [line for line in text.splitlines() if line.startswith("ENV ")]
