"""One endpoint for the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from local.endpoint import running
from tests.local.local_aws import FUNCTIONS, LocalAws


@pytest.fixture(scope="session")
def aws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalAws]:
    directory = tmp_path_factory.mktemp("endpoint")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SECRET_OF_THE_MACHINE", "must not reach a handler")
        with running(code=FUNCTIONS, state_directory=directory, textract=False) as state:
            yield LocalAws(state)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep tests together that share a server: another worker would start another one."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            folder = item.path.parent.name if item.path.parent != here else "endpoint"
            group = "deployment" if item.path.stem == "test_deployment" else folder
            item.add_marker(pytest.mark.xdist_group(group))
