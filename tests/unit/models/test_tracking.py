"""Runs of the pipeline, recorded or not."""

import subprocess
import sys
from pathlib import Path

import pytest

from lambdas.classify.package import ModelPackage
from models.evaluation.figures import measure
from models.evaluation.judgement import Evaluation
from models.evaluation.output import write_evaluation
from models.gate.verdict import Gating, Verdict
from models.pipeline.parameters import TrackingParameters
from models.pipeline.tables import write_tables
from models.tracking.destination import Destination, find_destination
from tests.unit.models.conftest import SMALL
from tests.unit.models.copies import PackageCopy
from tests.unit.models.fake_mlflow import FakeMlflow
from tests.unit.models.judgements import make_evaluation, make_judgements
from tests.unit.models.stages import run, write_parameters

ROOT = Path(__file__).parents[3]
OFF = TrackingParameters(enabled=False, uri=None, experiment="intray")
ON = OFF.model_copy(update={"enabled": True})


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("MLFLOW_TRACKING_URI", "MLFLOW_EXPERIMENT_NAME"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def mlflow(monkeypatch: pytest.MonkeyPatch) -> FakeMlflow:
    fake = FakeMlflow()
    fake.install(monkeypatch)
    return fake


@pytest.fixture
def folder(tmp_path: Path, package_copy: PackageCopy) -> Path:
    """What the stages leave of a package that passed."""
    folder = tmp_path / "run"
    (folder / "exported").mkdir(parents=True)
    package_copy.directory.rename(folder / "exported" / "candidate")
    package = PackageCopy(folder / "exported" / "candidate").load()
    write_run(folder, package, passed=True)
    return folder


def write_run(folder: Path, package: ModelPackage, *, passed: bool) -> Evaluation:
    evaluation = make_evaluation(
        make_judgements({("invoice", "invoice"): 9, ("form", "invoice"): 1}),
        package_digest=package.digest,
        labels=package.description.labels,
        evidence="generated",
    )
    figures = measure(evaluation)
    write_evaluation(folder / "evaluation", evaluation, figures)
    write_tables(folder / "evaluation", evaluation, figures)
    gating = Gating(
        package_digest=package.digest,
        documents_digest=evaluation.documents_digest,
        live_digest=None,
        passed=passed,
        verdicts=(
            Verdict(criterion="sound", passed=True, told="0"),
            Verdict(criterion="size", passed=passed, told="3"),
        ),
        evidence="generated",
    )
    (folder / "verdict.json").write_text(gating.model_dump_json())
    return evaluation


def track(tmp_path: Path, folder: Path, **tracking: object) -> int:
    asked = {"enabled": True, "uri": "http://tracking.test", "experiment": "intray", **tracking}
    return run("track", f"{folder} --params {write_parameters(tmp_path, SMALL, tracking=asked)}")


def test_nothing_is_recorded_unless_it_is_asked_for() -> None:
    assert find_destination(OFF, {}) is None
    assert find_destination(OFF, {"MLFLOW_EXPERIMENT_NAME": "mine"}) is None


def test_runs_lie_in_a_file_of_the_projects_unless_a_store_is_named() -> None:
    found = find_destination(ON, {})
    assert found is not None
    folder = Path("build/tracking").resolve()
    assert found == Destination(f"sqlite:///{folder}/mlflow.db", "intray", folder)
    assert found.artifacts == (folder / "artifacts").as_uri()


def test_a_server_chooses_where_artifacts_go() -> None:
    found = find_destination(ON.model_copy(update={"uri": "https://tracking.test"}), {})
    assert found == Destination("https://tracking.test", "intray", None)
    assert found.artifacts is None


def test_the_environment_comes_first() -> None:
    environment = {"MLFLOW_TRACKING_URI": "https://other.test", "MLFLOW_EXPERIMENT_NAME": "mine"}
    for parameters in (OFF, ON.model_copy(update={"uri": "https://tracking.test"})):
        assert find_destination(parameters, environment) == Destination(
            "https://other.test", "mine", None
        )


def test_mlflow_is_not_even_looked_for_when_it_is_off(tmp_path: Path) -> None:
    parameters = write_parameters(tmp_path, SMALL)
    script = (
        "import sys; sys.modules['mlflow'] = None; "
        f"sys.argv = ['models', 'track', {str(tmp_path)!r}, '--params', {str(parameters)!r}]; "
        "from models.__main__ import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, check=False, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_run_holds_what_went_in_and_what_came_out(
    mlflow: FakeMlflow, tmp_path: Path, folder: Path, small_package: ModelPackage
) -> None:
    assert track(tmp_path, folder) == 0

    (kept,) = mlflow.runs.values()
    description = small_package.description
    assert mlflow.uris == ["http://tracking.test"]
    assert kept.status == "FINISHED"
    assert kept.parameters["recipe.documents"] == str(SMALL.documents)
    assert kept.parameters["evaluation.seed"] == "1"
    assert kept.metrics["classes.invoice.recall"] == 1.0
    assert kept.metrics["classes.form.recall"] == 0.0
    assert kept.metrics["accuracy.value"] == 0.9
    assert kept.metrics["gate.passed"] == kept.metrics["gate.size"] == 1.0
    measured = description.metrics["unseen_genres"]["macro_recall"]
    assert kept.metrics["package.unseen_genres.macro_recall"] == measured
    assert kept.tags["intray.package_digest"] == small_package.digest
    assert kept.tags["intray.training_data_digest"] == description.training_data_digest
    assert kept.tags["intray.evidence"] == "generated"
    commit = description.code_commit or "not committed"
    assert kept.tags["mlflow.source.git.commit"] == commit
    names = {f"package/{name}" for name in ("package.json", *description.files)}
    assert set(kept.artifacts) >= {*names, "evaluation/report.html", "gate/verdict.json"}


def test_documents_words_stay_here(mlflow: FakeMlflow, tmp_path: Path, folder: Path) -> None:
    """Of the evaluation's files only those that a person is meant to read are handed on."""
    assert track(tmp_path, folder) == 0
    (kept,) = mlflow.runs.values()
    assert "evaluation/evaluation.json" not in kept.artifacts
    assert not any("texts" in name or "corpus" in name for name in kept.artifacts)


def test_a_refused_run_is_recorded_as_such(
    mlflow: FakeMlflow, tmp_path: Path, folder: Path, small_package: ModelPackage
) -> None:
    write_run(folder, small_package, passed=False)
    assert track(tmp_path, folder) == 0
    (kept,) = mlflow.runs.values()
    assert kept.tags["intray.gate"] == "refused: size"
    assert kept.metrics["gate.passed"] == kept.metrics["gate.size"] == 0.0


def test_the_same_run_is_recorded_once(
    mlflow: FakeMlflow, tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (track(tmp_path, folder), track(tmp_path, folder)) == (0, 0)
    assert len(mlflow.runs) == 1
    assert "Already recorded as run run-1 of intray" in capsys.readouterr().out


@pytest.mark.parametrize("call", ["get_experiment_by_name", "log_batch", "log_artifact"])
def test_a_store_that_fails_is_named_and_left_without_half_a_run(
    mlflow: FakeMlflow,
    tmp_path: Path,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    call: str,
) -> None:
    mlflow.broken = {call}
    assert track(tmp_path, folder) == 1
    assert f"http://tracking.test did not record the run: {call} failed" in capsys.readouterr().err
    assert mlflow.runs == {}
    assert PackageCopy(folder / "exported" / "candidate").load()

    mlflow.broken = set()
    assert track(tmp_path, folder) == 0


def test_parts_of_different_runs_are_not_recorded_as_one(
    mlflow: FakeMlflow, tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    PackageCopy(folder / "exported" / "candidate").describe(temperature=0.9)
    assert track(tmp_path, folder) == 1
    assert "of different packages" in capsys.readouterr().err

    (folder / "verdict.json").unlink()
    assert track(tmp_path, folder) == 1
    assert "has not come as far as its gate" in capsys.readouterr().err
    assert mlflow.runs == {}


def test_without_mlflow_it_is_named(
    tmp_path: Path,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setitem(sys.modules, "mlflow", None)
    assert track(tmp_path, folder) == 1
    assert "mlflow" in capsys.readouterr().err
