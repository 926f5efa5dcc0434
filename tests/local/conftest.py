"""One endpoint for the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator

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
