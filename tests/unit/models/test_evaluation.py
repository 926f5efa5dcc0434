"""Labelled documents in, a report out."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError
from click.testing import CliRunner

from cli.main import intray
from lambdas.classify.inference import Classifier
from lambdas.classify.package import ModelPackage
from models.commands.evaluate import measure_collection
from models.evaluation.collection import read_collection
from models.evaluation.figures import measure
from models.evaluation.judgement import evaluate
from models.evaluation.output import write_evaluation
from models.evaluation.report import list_mistakes
from models.evaluation.textract import name_reader
from models.evaluation.texts import Text, TextStore
from tests.unit.models.documents import INVOICE, FakeTextract
from tests.unit.models.judgements import make_evaluation, make_judgement


def test_every_document_is_judged_with_its_words(
    small_package: ModelPackage, store: TextStore, folder: Path
) -> None:
    names: list[str] = []
    collection = read_collection(folder)
    evaluation = evaluate(Classifier(small_package), collection, store, names.append)

    assert evaluation.package_digest == small_package.digest
    assert names == [each.name for each in collection]
    assert [each.answer for each in evaluation.judgements] == ["invoice"] * 3
    assert all("invoice" in [word.text for word in each.words] for each in evaluation.judgements)
    assert evaluation.judgements[0].slices == {"file type": "png", "readability": "poor"}


def test_what_cannot_be_read_is_listed_and_stops_nothing(
    small_package: ModelPackage, store: TextStore, folder: Path
) -> None:
    (folder / "invoice" / "a.png").write_bytes(b"PK a Word document")
    evaluation = evaluate(Classifier(small_package), read_collection(folder), store)

    assert len(evaluation.judgements) == 2
    assert [(each.file, each.reason) for each in evaluation.unread] == [
        ("invoice/a.png", "page 1: UnsupportedDocumentException")
    ]


def test_another_failure_of_textract_is_no_unreadable_document(
    small_package: ModelPackage, tmp_path: Path, folder: Path
) -> None:
    class Denied(FakeTextract):
        def detect_document_text(self, **_request: Any) -> dict[str, Any]:
            raise ClientError({"Error": {"Code": "AccessDeniedException"}}, "DetectDocumentText")

    denied = TextStore(tmp_path / "texts", Denied().connect)
    with pytest.raises(ClientError, match="AccessDenied"):
        evaluate(Classifier(small_package), read_collection(folder), denied)


def test_those_that_pass_wrongly_are_the_worst_mistakes() -> None:
    evaluation = make_evaluation(
        [
            make_judgement("invoice", file="right.pdf"),
            make_judgement("form", "invoice", certain=False, confidence=0.95, file="held.pdf"),
            make_judgement("form", "invoice", confidence=0.8, file="passed.pdf"),
            make_judgement("other", "invoice", confidence=0.9, file="unknown.pdf"),
        ]
    )
    names = [each.file for each in list_mistakes(evaluation)]
    assert names == ["unknown.pdf", "passed.pdf", "held.pdf"]


def test_the_report_escapes_what_documents_say(tmp_path: Path) -> None:
    word = {"text": "<script>alert(1)</script>", "contribution": 1.0, "share": 0.5}
    mistake = make_judgement("form", "invoice", words=[word], file="<b>.pdf")
    evaluation = make_evaluation([mistake])
    report = write_evaluation(tmp_path / "out", evaluation, measure(evaluation)).read_text()

    assert "<script" not in report
    assert "&lt;script&gt;" in report
    assert "&lt;b&gt;.pdf" in report


def test_pictures_lie_beside_the_report_and_inside_it(tmp_path: Path) -> None:
    evaluation = make_evaluation([make_judgement("form"), make_judgement("form", "invoice")])
    first = write_evaluation(tmp_path / "1", evaluation, measure(evaluation))
    write_evaluation(tmp_path / "2", evaluation, measure(evaluation))

    assert first.read_text().count("data:image/png;base64,") == 3
    for name in ("confusion.png", "coverage.png", "reliability.png"):
        picture = (tmp_path / "1" / name).read_bytes()
        assert picture.startswith(b"\x89PNG")
        assert picture == (tmp_path / "2" / name).read_bytes()


def test_an_evaluation_without_documents_of_some_kind_is_drawn_all_the_same(
    tmp_path: Path,
) -> None:
    evaluation = make_evaluation([make_judgement("other")])
    report = write_evaluation(tmp_path, evaluation, measure(evaluation))
    assert "no such document" not in report.read_text()


def keep_texts(folder: Path, texts: Path) -> None:
    for document in read_collection(folder):
        digest = hashlib.sha256(document.path.read_bytes()).hexdigest()
        texts.mkdir(parents=True, exist_ok=True)
        kept = Text(content_sha256=digest, text=INVOICE, pages=1, confidence=99.0)
        (texts / f"{digest}.json").write_text(kept.model_dump_json())


def test_kept_texts_need_no_textract(
    small_package: ModelPackage, folder: Path, tmp_path: Path
) -> None:
    keep_texts(folder, tmp_path / "texts" / "local")
    _, figures, report = measure_collection(
        small_package.directory,
        folder,
        out=tmp_path / "out",
        texts=tmp_path / "texts",
        aws=False,
    )
    assert figures.documents == 3
    assert report.is_file()


def test_texts_of_different_readers_are_kept_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (name_reader(aws=False), name_reader(aws=True)) == ("local", "aws")
    monkeypatch.setenv("AWS_ENDPOINT_URL_TEXTRACT", "http://127.0.0.1:8080")
    assert name_reader(aws=False) == "http---127-0-0-1-8080"


def test_the_operators_command_evaluates(
    small_package: ModelPackage, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    keep_texts(folder, tmp_path / "build" / "texts" / "local")
    arguments = ["models", "evaluate", str(small_package.directory), "--documents", str(folder)]

    page = CliRunner().invoke(intray, arguments)
    answer = CliRunner().invoke(intray, [*arguments, "--json"])

    assert page.exit_code == answer.exit_code == 0
    assert small_package.digest in page.stdout
    assert json.loads(answer.stdout)["confusion"]["invoice"] == {"invoice": 2}


def test_a_folder_without_documents_is_explained(
    small_package: ModelPackage, tmp_path: Path
) -> None:
    arguments = ["models", "evaluate", str(small_package.directory), "--documents", str(tmp_path)]
    result = CliRunner().invoke(intray, arguments)
    assert result.exit_code == 1
    assert "holds no labelled documents" in result.stderr
