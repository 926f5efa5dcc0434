"""The benchmark's own side, run on a small package."""

import sys
from pathlib import Path

import pytest

from lambdas.classify.inference import load_classifier
from lambdas.classify.package import ModelPackage
from local.bench import footprint, latency
from local.bench.comparison import HANDLER, LEXICAL
from local.bench.functions import serve_package, surround
from local.bench.process import BenchError, Process, Way

TEXT = "Invoice number 4711, total due 120.00"


def lexical(directory: Path) -> Way:
    return Way(LEXICAL, Path(sys.executable), "package", (str(directory), "{threads}"))


def test_latency_is_measured_for_each_text_but_the_first_time(small_package: ModelPackage) -> None:
    texts = {128: [TEXT, TEXT], 256: [TEXT]}
    measured = latency.measure([lexical(small_package.directory)], texts, threads=1, rounds=2)

    assert 0 < measured.figures[LEXICAL][128].p50 < 1000
    table = "\n".join(latency.tell(measured))
    assert "1 thread:" in table
    assert LEXICAL in table


def test_the_whole_function_answers_as_its_package_does(small_package: ModelPackage) -> None:
    with serve_package(small_package.directory) as registry:
        surroundings = surround("classify", registry)
        way = Way(HANDLER, Path(sys.executable), "handler", environment=surroundings)
        with Process(way) as process:
            (logits,) = process.ask([TEXT]).answers

    classifier = load_classifier(str(small_package.directory), memory_mb=0)
    assert logits == pytest.approx(classifier.read(TEXT).logits)


def test_a_footprint_counts_memory_and_the_libraries_that_were_loaded(
    small_package: ModelPackage,
) -> None:
    directory = small_package.directory
    measured = footprint.measure([lexical(directory)], {LEXICAL: directory}, TEXT)[LEXICAL]

    assert measured.model == sum(path.stat().st_size for path in directory.iterdir())
    assert measured.memory > 20e6
    assert measured.libraries > 20e6, "onnxruntime alone is more"


def test_a_way_that_cannot_start_says_why(tmp_path: Path) -> None:
    with (
        Process(lexical(tmp_path)) as process,
        pytest.raises(BenchError, match=r"(?s)lexical package ended with 1.*package\.json is miss"),
    ):
        process.ask([TEXT])
