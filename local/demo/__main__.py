"""`python -m local.demo`: build, release, apply, submit, watch, question."""

import argparse
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from local import endpoint
from local.demo.run import Demo
from local.demo.screen import Screen
from local.deployment import Deployment
from local.endpoint import EndpointError
from local.state import read_state
from local.terraform_root import DeploymentError
from models.corpus.__main__ import SEED
from models.corpus.demo import write_demo

_STATE = Path(".local")
_MODEL = Path("build/model")
_DOCUMENTS = Path("build/demo")


def main() -> int:
    """Runs the demo; the exit status is 1 when anything is not as it should be."""
    parser = argparse.ArgumentParser(prog="python -m local.demo", description=__doc__)
    parser.add_argument("--keep", action="store_true", help="leave everything running")
    parser.add_argument("--port", type=int, default=4566, help="a free one is taken if it is not")
    arguments = parser.parse_args()
    screen = Screen()
    try:
        return _run(screen, keep=arguments.keep, port=arguments.port)
    except (DeploymentError, EndpointError, subprocess.CalledProcessError) as error:
        print(f"The demo stopped: {error}", file=sys.stderr)
        return 1


def _run(screen: Screen, *, keep: bool, port: int) -> int:
    with screen.step("local AWS started"):
        if (left := read_state(_STATE)) is not None:
            endpoint.stop(left)
        shutil.rmtree(_STATE / ".terraform", ignore_errors=True)
        state = endpoint.start(_STATE.resolve(), port=port)
    deployment = Deployment(state, (_STATE / ".terraform").resolve())
    try:
        # Making keys is waiting for the most part: time enough for a model.
        with ThreadPoolExecutor(1) as beside:
            prepared = beside.submit(deployment.prepare)
            with screen.step("model package built"):
                subprocess.run(
                    [sys.executable, "-m", "models", "build", "--out", str(_MODEL)],
                    check=True,
                    stdout=subprocess.DEVNULL,
                )
            with screen.step("documents generated"):
                shutil.rmtree(_DOCUMENTS, ignore_errors=True)
                expectations = write_demo(_DOCUMENTS, seed=SEED)
            with screen.step("model registry applied"):
                prepared.result()
        with screen.step("model package registered, approved without a gate, promoted"):
            deployment.release(_MODEL)
        with screen.step("Terraform applied") as step:
            for done, planned in deployment.apply():
                step.report(done, planned)
        demo = Demo(deployment, _DOCUMENTS, screen)
        good = demo.run(expectations)
        if keep:
            demo.say_how_to_go_on()
        return 0 if good else 1
    finally:
        if not keep:
            endpoint.stop(state)


if __name__ == "__main__":
    sys.exit(main())
