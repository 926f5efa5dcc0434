import dataclasses
import json
import re
from random import Random

import pytest
from pydantic import ValidationError

from cli.registry.files import upload_package
from lambdas.classify.package import DESCRIPTION, MODEL, TOKENIZER, ModelPackage, name_key
from lambdas.shared import storage
from lambdas.shared.errors import ModelPackageError, ObjectMissingError
from lambdas.shared.extraction import Box, Extraction, Line, Page
from models.corpus.invoice import INVOICE
from models.corpus.reading import read_lines
from models.lexical.building import build_package
from models.lexical.recipe import Recipe
from tests.handlers.conftest import MODELS, Handler, Pipeline, read_event
from tests.samples import make_document


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> ModelPackage:
    """A small model package."""
    return build_package(tmp_path_factory.mktemp("package"), Recipe(documents=150, folds=3))


@pytest.fixture
def classify(pipeline: Pipeline, package: ModelPackage) -> Handler:
    pipeline.register(make_document())
    upload_package(pipeline.s3, MODELS, package)
    return load(pipeline, package.digest)


def load(pipeline: Pipeline, digest: str) -> Handler:
    return pipeline.load("classify", MODELS_BUCKET=MODELS, MODEL_PACKAGE=digest)


def store_text(pipeline: Pipeline, lines: list[str]) -> None:
    box = Box(page=1, left=0.1, top=0.1, width=0.5, height=0.02)
    page = Page(number=1, lines=tuple(Line(text=line, confidence=99.0, box=box) for line in lines))
    pointer = storage.extraction_pointer("extractions", "doc-1")
    extraction = Extraction(document_id="doc-1", job_id="job-1", pages=(page,))
    storage.write_model(pipeline.s3, pointer, extraction)


def invoice_lines() -> list[str]:
    return read_lines(INVOICE.make(Random("an invoice")))


def test_an_invoice_is_told_with_the_model_that_told_it(
    pipeline: Pipeline, classify: Handler, package: ModelPackage
) -> None:
    store_text(pipeline, invoice_lines())

    answer = classify(read_event("classify"))

    assert answer["label"] == "invoice"
    assert answer["known"]
    assert answer["confidence"] >= answer["threshold"]
    assert answer["model_digest"] == package.digest


def test_the_trail_holds_the_answer_and_no_text(pipeline: Pipeline, classify: Handler) -> None:
    store_text(pipeline, invoice_lines())

    answer = classify(read_event("classify"))

    (record,) = pipeline.read_trail()
    assert record.state == "Classify"
    assert json.loads(record.outcome) == answer


def test_the_words_that_carried_the_class_lie_beside_the_extraction_and_nowhere_else(
    pipeline: Pipeline, classify: Handler, capsys: pytest.CaptureFixture[str]
) -> None:
    store_text(pipeline, ["Rechnungsnummer 4711", *invoice_lines()])

    answer = classify(read_event("classify"))

    kept = pipeline.read_json("extractions", "doc-1/classification.json")
    assert kept["label"] == answer["label"]
    assert kept["model_digest"] == answer["model_digest"]
    assert 0 < len(kept["words"]) <= 8
    assert "words" not in answer
    assert "carried_by" not in capsys.readouterr().out
    assert "words" not in json.loads(pipeline.read_trail()[0].outcome)


def test_classifying_twice_changes_nothing(pipeline: Pipeline, classify: Handler) -> None:
    store_text(pipeline, invoice_lines())
    first = classify(read_event("classify"))
    before = pipeline.snapshot()
    event = read_event("classify")
    event["transition"]["attempt"] = 1

    assert classify(event) == first
    assert pipeline.snapshot() == before


def test_a_document_without_text_is_of_no_known_class(
    pipeline: Pipeline, classify: Handler
) -> None:
    store_text(pipeline, [])

    assert not classify(read_event("classify"))["known"]


@pytest.mark.filterwarnings("ignore:No application metrics")
def test_without_extraction_nothing_is_classified(pipeline: Pipeline, classify: Handler) -> None:
    with pytest.raises(ObjectMissingError, match=r"doc-1/extraction\.json\.gz"):
        classify(read_event("classify"))

    assert pipeline.read_trail() == []


def test_an_absent_package_fails_the_init_by_its_files(pipeline: Pipeline) -> None:
    with pytest.raises(
        ModelPackageError, match=r"package\.json is missing; model\.onnx is missing"
    ):
        load(pipeline, f"sha256:{'0' * 64}")


@pytest.mark.parametrize("name", [MODEL, TOKENIZER])
def test_a_file_that_was_changed_fails_the_init_by_its_name(
    pipeline: Pipeline, package: ModelPackage, name: str
) -> None:
    upload_package(pipeline.s3, MODELS, package)
    key = name_key(package.digest, name)
    content = (package.directory / name).read_bytes() + b" "
    pipeline.s3.put_object(Bucket=MODELS, Key=key, Body=content)

    with pytest.raises(ModelPackageError, match=f"{re.escape(name)} does not match its digest"):
        load(pipeline, package.digest)


def test_another_package_under_the_digest_fails_the_init(
    pipeline: Pipeline, package: ModelPackage
) -> None:
    other = f"sha256:{'1' * 64}"
    upload_package(pipeline.s3, MODELS, dataclasses.replace(package, digest=other))

    with pytest.raises(ModelPackageError, match=f"describes {package.digest}"):
        load(pipeline, other)


def test_a_description_that_is_none_fails_the_init(
    pipeline: Pipeline, package: ModelPackage
) -> None:
    upload_package(pipeline.s3, MODELS, package)
    pipeline.s3.put_object(Bucket=MODELS, Key=name_key(package.digest, DESCRIPTION), Body=b"{}")

    with pytest.raises(ModelPackageError, match=r"package\.json: kind: Field required"):
        load(pipeline, package.digest)


def test_a_path_instead_of_a_digest_fails_the_init_by_its_name(pipeline: Pipeline) -> None:
    with pytest.raises(ValidationError, match="model_package"):
        load(pipeline, "/opt/model")


def test_metrics_name_what_was_uncertain(
    pipeline: Pipeline, classify: Handler, capsys: pytest.CaptureFixture[str]
) -> None:
    store_text(pipeline, [])
    classify(read_event("classify"))

    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines() if "_aws" in line]
    assert lines[-1]["ClassificationsUncertain"] == [1.0]
