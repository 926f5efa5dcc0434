"""One local AWS and one working directory for all plans: a plan takes seconds."""

from collections.abc import Iterator

import pytest

from local import endpoint
from tests.terraform.plan import Plan
from tests.terraform.planner import Planner


@pytest.fixture(scope="session")
def planner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planner]:
    """Plans any environment."""
    directory = tmp_path_factory.mktemp("terraform")
    with endpoint.running(state_directory=directory / "state", textract=False) as state:
        yield Planner(state.endpoint, directory)


@pytest.fixture(scope="session")
def production(planner: Planner) -> Plan:
    """The plan of production, known in full."""
    return planner.plan("prod", in_full=True)


@pytest.fixture(scope="session")
def bootstrap(planner: Planner) -> Plan:
    """The plan of what the account of production has once."""
    return planner.plan_bootstrap("prod")


@pytest.fixture(scope="session")
def local(planner: Planner) -> Plan:
    """The plan of the local stack."""
    return planner.plan("local")
