"""`intray models train`, and the same by `python -m models build --own`."""

import argparse
import json
from contextlib import nullcontext
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli.main import intray
from lambdas.classify.package import load_package
from models import own_documents
from models.commands import build
from models.corpus.training import Sample
from models.lexical.recipe import Recipe
from tests.unit.models.brought import EchoTextract, write_documents

TINY = Recipe(documents=10, folds=2)
LETTERS = [Sample("other", "own", f"Dear Sir or Madam\nletter {word}") for word in "abcde"]


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A recipe that is quick, and a Textract that reads what files say."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("models.lexical.recipe.Recipe", lambda: TINY)
    monkeypatch.setattr(
        own_documents, "open_textract", lambda **_named: nullcontext(EchoTextract().connect)
    )


def _train(folder: Path, *more: str) -> Result:
    return CliRunner().invoke(
        intray, ["models", "train", "--documents", str(folder), "--out", "package", *more]
    )


def test_the_operators_command_trains_and_tells_what_it_brought(tmp_path: Path) -> None:
    folder = write_documents(tmp_path / "documents", LETTERS)
    page, answer = _train(folder), _train(folder, "--json")

    assert page.exit_code == answer.exit_code == 0
    told = json.loads(answer.stdout)
    assert told["digest"] == load_package(tmp_path / "package").digest
    assert told["digest"] in page.stdout
    assert told["trained_on"]["own"] == {"other": 5}
    assert told["gain"]["classes"]["other"]["documents"] == 5
    assert "lost; so much by chance" in page.stdout
    assert page.stdout.splitlines()[-3].startswith("intray-lexical in package")


def test_documents_that_cannot_be_trained_on_leave_nothing_behind(tmp_path: Path) -> None:
    folder = write_documents(tmp_path / "documents", LETTERS[:2])
    result = _train(folder)
    assert result.exit_code == 1
    assert "other: 2 documents, at least 3" in result.stderr
    assert not (tmp_path / "package").exists()


def _build(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    build.declare(parser)
    return build.run(parser.parse_args(["--out", "package", *arguments]))


def test_the_factorys_own_command_refuses_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "documents" / "receipt").mkdir(parents=True)
    assert _build("--own", "documents") == 1
    assert "holds no labelled documents" in capsys.readouterr().err
    assert not (tmp_path / "package").exists()


def test_the_factorys_own_command_builds_the_same_package(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_documents(tmp_path / "documents", LETTERS)
    assert _build("--own", str(folder), "--documents", "10") == 0
    assert "right without" in capsys.readouterr().out
    assert load_package(tmp_path / "package").description.trained_on["own"] == {"other": 5}


def test_only_the_lexical_kind_is_trained_on_own_documents(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert _build("--kind", "embedding", "--own", "documents") == 1
    assert "lexical kind" in capsys.readouterr().err
