"""Each criterion that running answers has a package that fails it alone."""

import argparse
from collections.abc import Callable
from pathlib import Path

import pytest

from lambdas.classify.inference import Classifier
from lambdas.classify.package import ModelPackage
from models.commands import gate as command
from models.corpus.training import Sample
from models.evaluation.judgement import UNKNOWN
from models.gate.criteria import read_criteria
from models.gate.gate import GateError, gate
from models.gate.verdict import Gating
from tests.unit.models.copies import PackageCopy
from tests.unit.models.graphs import add_noise, add_work, distrust, prefer
from tests.unit.models.kept import KeptDocuments

A_CLASS = 20


def list_failed(gating: Gating) -> list[str]:
    failed = [verdict.criterion for verdict in gating.verdicts if not verdict.passed]
    assert gating.passed == (not failed)
    return failed


@pytest.fixture(scope="module")
def documents(
    small_package: ModelPackage,
    small_samples: list[Sample],
    tmp_path_factory: pytest.TempPathFactory,
) -> KeptDocuments:
    """The documents that the small package is surest of, so that it passes by itself."""
    classifier = Classifier(small_package)
    chosen: list[Sample] = []
    for label in small_package.description.labels:
        own = [
            (classifier.classify(sample.text), sample)
            for sample in small_samples
            if sample.label == label
        ]
        right = [pair for pair in own if pair[0].label == label]
        right.sort(key=lambda pair: -pair[0].confidence)
        chosen += [sample for _, sample in right[:A_CLASS]]
    return KeptDocuments(tmp_path_factory.mktemp("texts"), chosen)


def test_a_good_package_passes(documents: KeptDocuments, small_package: ModelPackage) -> None:
    gating = documents.gate(small_package, live=small_package.directory)
    assert list_failed(gating) == []
    assert [verdict.criterion for verdict in gating.verdicts] == list(read_criteria())
    assert gating.live_digest == small_package.digest


def test_a_package_with_faults_is_not_run(
    documents: KeptDocuments, package_copy: PackageCopy
) -> None:
    evaluation = documents.evaluate(package_copy.load())
    (package_copy.directory / "baseline.json").unlink()
    gating = gate(package_copy.directory, evaluation, documents.store, read_criteria())
    assert [(one.criterion, one.told) for one in gating.verdicts] == [
        ("sound", "baseline.json is missing")
    ]
    assert not gating.passed


def test_an_evaluation_that_the_package_does_not_bear_out_is_refused(
    documents: KeptDocuments, small_package: ModelPackage
) -> None:
    evaluation = documents.evaluate(small_package)
    first, *rest = evaluation.judgements
    embellished = first.model_copy(update={"certain": not first.certain})
    gating = gate(
        small_package.directory,
        evaluation.model_copy(update={"judgements": (embellished, *rest)}),
        documents.store,
        read_criteria(),
    )
    assert list_failed(gating) == ["reproduced"]


def _grow(package: PackageCopy) -> None:
    package.write("padding.bin", bytes(12_000_000))


SPOILT: dict[str, Callable[[PackageCopy], object]] = {
    "determinism": lambda package: package.change_graph(add_noise),
    "latency": lambda package: package.change_graph(add_work),
    "size": _grow,
    "agreement": lambda package: package.describe(precision="int8"),
}


@pytest.mark.parametrize("criterion", SPOILT)
def test_a_package_fails_the_criterion_that_it_does_not_keep_to(
    documents: KeptDocuments, package_copy: PackageCopy, criterion: str
) -> None:
    SPOILT[criterion](package_copy)
    assert list_failed(documents.gate(package_copy.load())) == [criterion]


def test_a_quantised_package_must_agree_with_what_it_was_made_from(
    documents: KeptDocuments, small_package: ModelPackage, package_copy: PackageCopy, tmp_path: Path
) -> None:
    package_copy.describe(precision="int8")
    quantised = package_copy.load()
    assert list_failed(documents.gate(quantised, reference=small_package.directory)) == []

    other = PackageCopy(tmp_path / "other")
    package_copy.directory.rename(other.directory)
    reference = PackageCopy(package_copy.directory)
    _copy_tree(other.directory, reference.directory)
    reference.change_graph(lambda graph: prefer(graph, 3))
    gating = documents.gate(other.load(), reference=reference.directory)
    assert list_failed(gating) == ["agreement"]


def _copy_tree(source: Path, target: Path) -> None:
    target.mkdir()
    for path in source.iterdir():
        (target / path.name).write_bytes(path.read_bytes())


def test_a_package_that_loses_documents_to_the_live_one_is_refused(
    documents: KeptDocuments, small_package: ModelPackage, package_copy: PackageCopy, tmp_path: Path
) -> None:
    """The candidate takes for unknown whatever has this one word in it many times."""
    labels = small_package.description.labels
    samples = list(documents.samples)
    for number in range(5):
        sample = samples[number * A_CLASS]
        assert sample.label != UNKNOWN
        samples[number * A_CLASS] = Sample(
            sample.label, sample.source, f"{sample.text}\n{' '.join(['zugzwang'] * 30)}"
        )
    package_copy.change_tokenizer(lambda one: one.add_tokens(["zugzwang"]))
    package_copy.change_graph(lambda graph: distrust(graph, labels.index(UNKNOWN), package_copy))
    spoilt = KeptDocuments(tmp_path / "texts", samples)
    gating = spoilt.gate(package_copy.load(), live=small_package.directory)
    assert list_failed(gating) == ["regression"]


def test_an_evaluation_of_another_package_is_refused(
    documents: KeptDocuments, small_package: ModelPackage, package_copy: PackageCopy
) -> None:
    package_copy.describe(temperature=0.9)
    with pytest.raises(GateError, match="the evaluation is of sha256:"):
        gate(
            package_copy.directory,
            documents.evaluate(small_package),
            documents.store,
            read_criteria(),
        )


def test_judgements_that_were_left_out_are_missed(
    documents: KeptDocuments, small_package: ModelPackage
) -> None:
    evaluation = documents.evaluate(small_package)
    shortened = evaluation.model_copy(update={"judgements": evaluation.judgements[1:]})
    with pytest.raises(GateError, match="not of the documents that it names"):
        gate(small_package.directory, shortened, documents.store, read_criteria())


def test_the_command_names_each_failed_criterion_with_value_and_limit(
    documents: KeptDocuments,
    small_package: ModelPackage,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    evaluation = tmp_path / "evaluation.json"
    evaluation.write_text(documents.evaluate(small_package).model_dump_json())
    criteria = tmp_path / "criteria.toml"
    criteria.write_text(
        '[size]\nwhat = "MB"\nmost = 0.001\n[determinism]\nwhat = "texts"\nmost = 0\n'
    )

    status = run(
        f"{small_package.directory} --evaluation {evaluation} --criteria {criteria}"
        f" --texts {documents.folder} --out {tmp_path / 'gating.json'}"
    )

    said = capsys.readouterr().out
    assert status == 1
    assert "FAILED  size" in said
    assert "; at most 0.001 (MB)" in said
    assert "is refused: size" in said
    assert "passed  determinism" in said
    assert not Gating.model_validate_json((tmp_path / "gating.json").read_bytes()).passed


def test_the_command_explains_what_it_cannot_judge(
    small_package: ModelPackage, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(f"{small_package.directory} --evaluation {tmp_path / 'absent.json'}") == 1
    assert "cannot be judged" in capsys.readouterr().err


def run(line: str) -> int:
    parser = argparse.ArgumentParser()
    command.declare(parser)
    return command.run(parser.parse_args(line.split()))
