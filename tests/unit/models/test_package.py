import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from tokenizers import Tokenizer

from lambdas.classify.inference import Classifier, count_threads, load_classifier
from lambdas.classify.package import (
    MODEL,
    REQUIRED_FILES,
    TOKENIZER,
    ModelPackage,
    digest_file,
    load_package,
)
from lambdas.shared.errors import ModelPackageError
from models.corpus.training import Sample


@pytest.fixture
def copy(small_package: ModelPackage, tmp_path: Path) -> Path:
    """A package to spoil."""
    return Path(shutil.copytree(small_package.directory, tmp_path / "package"))


def _describe(directory: Path, **changes: Any) -> None:
    path = directory / "package.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


def _accept(directory: Path) -> None:
    """Put the digests of the files as they are now into the description."""
    _describe(directory, files={name: digest_file(directory / name) for name in REQUIRED_FILES})


def test_a_package_that_was_just_built_loads(small_package: ModelPackage) -> None:
    package = load_package(small_package.directory)
    assert package == small_package
    assert package.digest.startswith("sha256:")
    assert len(package.digest) == 71


@pytest.mark.parametrize("name", REQUIRED_FILES)
def test_a_missing_file_is_named(copy: Path, name: str) -> None:
    (copy / name).unlink()
    with pytest.raises(ModelPackageError, match=f"{name} is missing"):
        load_package(copy)


def test_every_wrong_file_is_named_at_once(copy: Path) -> None:
    (copy / "baseline.json").unlink()
    with (copy / MODEL).open("ab") as file:
        file.write(b"\0")
    with pytest.raises(ModelPackageError) as caught:
        load_package(copy)
    assert "baseline.json is missing" in str(caught.value)
    assert "model.onnx does not match its digest" in str(caught.value)


def test_a_directory_without_description_is_no_package(tmp_path: Path) -> None:
    with pytest.raises(ModelPackageError, match=r"package\.json is missing"):
        load_package(tmp_path)


def test_a_file_outside_the_package_is_refused(copy: Path) -> None:
    files = json.loads((copy / "package.json").read_text())["files"]
    _describe(copy, files=files | {"../secret.json": "0" * 64})
    with pytest.raises(ModelPackageError, match=r"\.\./secret\.json lies outside the package"):
        load_package(copy)


def test_a_file_that_is_not_listed_is_named(copy: Path) -> None:
    files = json.loads((copy / "package.json").read_text())["files"]
    del files[TOKENIZER]
    _describe(copy, files=files)
    with pytest.raises(ModelPackageError, match=r"tokenizer\.json is not listed"):
        load_package(copy)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"thresholds": {"invoice": 0.5}}, "thresholds and labels do not name the same classes"),
        ({"temperature": 0}, "temperature: Input should be greater than 0"),
        ({"kind": "oracle"}, "kind: Input should be"),
        ({"mood": "good"}, "mood: Extra inputs are not permitted"),
        ({"labels": ["invoice"]}, "labels"),
    ],
)
def test_a_wrong_description_is_refused_naming_the_field(
    copy: Path, changes: dict[str, Any], message: str
) -> None:
    _describe(copy, **changes)
    with pytest.raises(ModelPackageError, match=message):
        load_package(copy)


def test_the_version_depends_on_every_file_and_on_the_description(
    small_package: ModelPackage, copy: Path
) -> None:
    versions = {small_package.digest}
    for name in REQUIRED_FILES:
        with (copy / name).open("ab") as file:
            file.write(b"\n")
        _accept(copy)
        versions.add(load_package(copy).digest)
    _describe(copy, temperature=0.9)
    versions.add(load_package(copy).digest)
    assert len(versions) == len(REQUIRED_FILES) + 2


def test_the_version_does_not_depend_on_the_commit(small_package: ModelPackage, copy: Path) -> None:
    _describe(copy, code_commit="f" * 40)
    assert load_package(copy).digest == small_package.digest


def _truncate(directory: Path) -> None:
    (directory / MODEL).write_bytes((directory / MODEL).read_bytes()[:1000])


def _forget_an_output(directory: Path) -> None:
    model = onnx.load(directory / MODEL)
    del model.graph.output[1]
    onnx.save(model, directory / MODEL)


def _pad(directory: Path) -> None:
    tokenizer = Tokenizer.from_file(str(directory / TOKENIZER))
    tokenizer.enable_padding(length=128)
    tokenizer.save(str(directory / TOKENIZER))


def _cut(directory: Path) -> None:
    tokenizer = Tokenizer.from_file(str(directory / TOKENIZER))
    tokenizer.enable_truncation(128)
    tokenizer.save(str(directory / TOKENIZER))


def _scramble(directory: Path) -> None:
    (directory / TOKENIZER).write_text("{}")


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (_truncate, r"model\.onnx cannot be run"),
        (_forget_an_output, "output similarity does not have 9 columns"),
        (_pad, r"tokenizer\.json truncates or pads"),
        (_cut, r"tokenizer\.json truncates or pads"),
        (_scramble, r"tokenizer\.json cannot be read"),
    ],
)
def test_files_that_cannot_be_run_are_refused(
    copy: Path, spoil: Callable[[Path], None], message: str
) -> None:
    spoil(copy)
    _accept(copy)
    with pytest.raises(ModelPackageError, match=message):
        load_classifier(str(copy), memory_mb=1769)


@pytest.mark.parametrize(
    ("memory", "threads"), [(0, 1), (512, 1), (1769, 1), (3538, 2), (5307, 3), (10240, 5)]
)
def test_threads_follow_the_memory(memory: int, threads: int) -> None:
    assert count_threads(memory) == threads


def test_an_empty_text_is_of_no_known_class(small_package: ModelPackage) -> None:
    classification = Classifier(small_package).classify("")
    assert not classification.known
    assert classification.model_digest == small_package.digest


def test_words_that_nobody_knows_are_of_no_known_class(small_package: ModelPackage) -> None:
    text = " ".join(["zxqj", "wvvrk", "ppqlm"] * 40)
    assert not Classifier(small_package).classify(text).known


def test_a_clear_document_is_known_and_certain(
    small_package: ModelPackage, small_samples: list[Sample]
) -> None:
    classifier = Classifier(small_package)
    certain = 0
    for sample in small_samples:
        answer = classifier.classify(sample.text)
        certain += answer.known and answer.confidence >= answer.threshold
        assert 0 <= answer.confidence <= 1
    assert certain >= 0.7 * len(small_samples)


def test_probabilities_are_the_tempered_softmax_of_the_logits(small_package: ModelPackage) -> None:
    reading = Classifier(small_package).read("Invoice number 12, total due, VAT, bill to")
    scaled = np.exp(np.array(reading.logits) / small_package.description.temperature)
    assert np.allclose(reading.probabilities, scaled / scaled.sum())
    assert reading.words == 7
    assert 0 < reading.coverage <= 1
