"""The criteria that only running the package answers."""

from collections.abc import Callable, Mapping, Sequence
from statistics import median
from time import perf_counter

from lambdas.classify.inference import Classifier
from lambdas.classify.package import DESCRIPTION, ModelPackage
from models.evaluation.judgement import Judgement, judge_again
from models.evaluation.texts import Text
from models.gate.comparison import compute_regression_chance, measure_agreement
from models.gate.verdict import Measured

_TEXTS = 100
_TRIES = 5


def measure_running(
    package: ModelPackage,
    judgements: Sequence[Judgement],
    texts: Mapping[str, Text],
    *,
    live: ModelPackage | None,
    reference: ModelPackage | None,
    clock: Callable[[], float] = perf_counter,
) -> dict[str, Measured]:
    """Values by criterion; `reference` is the package that a quantised one was made from."""
    classifier = Classifier(package)
    again = judge_again(classifier, judgements, texts)
    differing = sum(
        (old.answer, old.certain) != (new.answer, new.certain)
        for old, new in zip(judgements, again, strict=True)
    )
    some = [text.text for text in list(texts.values())[:_TEXTS]]
    return {
        "reproduced": Measured(values={"": differing}),
        "determinism": Measured(values={"": _count_changes(package, some)}),
        "latency": Measured(values={"": _measure_latency(classifier, some, clock)}),
        "size": Measured(values={"": _measure_size(package)}),
        "agreement": _compare_reference(package, reference, again, texts),
        "regression": _compare_live(live, again, texts),
    }


def _count_changes(package: ModelPackage, texts: Sequence[str]) -> int:
    """Texts whose logits are not the same to the bit, run again and in a session of two threads.

    Both: a new session begins the sequence of its random numbers anew.
    """
    one, two = Classifier(package), Classifier(package, threads=2)
    return sum(
        len({one.read(text).logits, one.read(text).logits, two.read(text).logits}) > 1
        for text in texts
    )


def _measure_latency(
    classifier: Classifier, texts: Sequence[str], clock: Callable[[], float]
) -> float:
    """The median over the texts; of several tries the best, which other processes disturb least."""

    def try_once(text: str) -> float:
        started = clock()
        classifier.read(text)
        return clock() - started

    return round(1000 * median(min(try_once(text) for _ in range(_TRIES)) for text in texts), 4)


def _measure_size(package: ModelPackage) -> float:
    names = (DESCRIPTION, *package.description.files)
    return round(sum((package.directory / name).stat().st_size for name in names) / 1e6, 2)


def _compare_reference(
    package: ModelPackage,
    reference: ModelPackage | None,
    judgements: Sequence[Judgement],
    texts: Mapping[str, Text],
) -> Measured:
    if reference is None:
        quantised = package.description.precision == "int8"
        missing = "an int8 package needs --reference" if quantised else "not quantised"
        return Measured(missing=missing, waived=not quantised)
    theirs = judge_again(Classifier(reference), judgements, texts)
    return Measured(values={"": round(measure_agreement(judgements, theirs), 4)})


def _compare_live(
    live: ModelPackage | None, judgements: Sequence[Judgement], texts: Mapping[str, Text]
) -> Measured:
    if live is None:
        return Measured(missing="there is no live package", waived=True)
    theirs = judge_again(Classifier(live), judgements, texts)
    return Measured(values={"": round(compute_regression_chance(theirs, judgements), 6)})
