"""The evaluate stage: a candidate on real documents, else on generated ones."""

from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

from lambdas.classify.inference import load_classifier
from models.evaluation.figures import Figures, measure
from models.evaluation.judgement import Evaluation, gather_evaluation, judge
from models.evaluation.output import write_evaluation
from models.evaluation.texts import Text, TextStore
from models.pipeline.corpus import Corpus
from models.pipeline.faults import StageError
from models.pipeline.held_apart import draw_held_apart
from models.pipeline.parameters import Generated
from models.pipeline.tables import write_tables

_NAMED = 5
KEPT = "texts"
"""The folder, beside an evaluation's files, of the texts that it judged."""


class SeenError(StageError):
    """Documents to judge a package by are among those that it was trained on."""


def evaluate_generated(
    package: Path, generated: Generated, out: Path
) -> tuple[Evaluation, Figures, Path]:
    """Judge documents of genres that no training sees; raises ModelPackageError."""
    classifier = load_classifier(str(package), memory_mb=0)
    documents = list(draw_held_apart(generated.documents, seed=generated.seed))
    judgements = [judge(classifier, document, text) for document, text in documents]
    evaluation = gather_evaluation(classifier.package, judgements, evidence="generated")
    figures = measure(evaluation)
    report = write_evaluation(out, evaluation, figures)
    complete_evaluation(out, evaluation, figures, (text for _, text in documents))
    return evaluation, figures, report


def complete_evaluation(
    out: Path, evaluation: Evaluation, figures: Figures, texts: Iterable[Text]
) -> None:
    """Add what the later stages and DVC read: the texts, the metrics and the plots' tables."""
    store = open_kept(out)
    for text in texts:
        store.keep(text)
    write_tables(out, evaluation, figures)


def open_kept(out: Path) -> TextStore:
    """The texts that an evaluation judged."""
    return TextStore(out / KEPT, _read_nothing)


def find_judged(evaluation: Evaluation, folder: Path) -> list[Text]:
    """The texts of an evaluation, in its order, in the folder that it kept them in."""
    store = TextStore(folder, _read_nothing)
    found = (store.find(each.content_sha256) for each in evaluation.judgements)
    return [text for text in found if text]


def refuse_seen(evaluation: Evaluation, texts: Iterable[Text], corpus: Corpus) -> None:
    """Raises SeenError naming the documents whose text the package was trained on."""
    trained = {_join_words(sample.text) for sample in corpus.own}
    seen = [
        each.file
        for each, text in zip(evaluation.judgements, texts, strict=True)
        if _join_words(text.text) in trained
    ]
    if seen:
        raise SeenError(
            f"{len(seen)} of {len(evaluation.judgements)} documents were trained on, which proves"
            f" nothing: evaluate on others than {', '.join(seen[:_NAMED])}"
            f"{' …' if len(seen) > _NAMED else ''}"
        )


def _join_words(text: str) -> str:
    return " ".join(text.split())


def _read_nothing() -> NoReturn:
    raise AssertionError("texts that are kept are read from nowhere else")
