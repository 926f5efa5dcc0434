"""What own documents bring: the same documents, told by a model without them and by one with."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from lambdas.shared.model import Frozen
from models.corpus.classes import LABELS
from models.corpus.training import Sample, draw_samples
from models.evaluation.figures import FEW
from models.evaluation.intervals import Interval, estimate_mean_recall
from models.evaluation.judgement import UNKNOWN
from models.evaluation.table import tell_share
from models.gate.comparison import compute_chance
from models.lexical.mixture import Own
from models.lexical.recipe import Recipe
from models.lexical.training import deal_folds, train

_SMALL = 0.0001


class ClassGain(Frozen):
    """Of one class's documents, how many are told rightly before and after."""

    documents: int
    before: int
    after: int


class Gain(Frozen):
    """Documents that were each judged twice by models that had not seen them.

    Means are over known classes of five documents or more. `chance` is the probability that a model
    that is no better wins so many of the documents that only one of the two tells rightly.
    """

    classes: dict[str, ClassGain]
    macro_classes: tuple[str, ...]
    before: Interval
    after: Interval
    won: int
    lost: int
    chance: float


def measure_gain(
    labels: Iterable[str], truth: Sequence[str], *, before: Sequence[str], after: Sequence[str]
) -> Gain:
    """Compare two models' answers on the same documents, in the same order."""
    told = list(zip(truth, before, after, strict=True))
    classes = {
        label: ClassGain(
            documents=truth.count(label),
            before=sum(old == label == own for own, old, _ in told),
            after=sum(new == label == own for own, _, new in told),
        )
        for label in labels
        if label in truth
    }
    counted = {
        label: one for label, one in classes.items() if one.documents >= FEW and label != UNKNOWN
    }
    won = sum(new == own != old for own, old, new in told)
    lost = sum(old == own != new for own, old, new in told)
    return Gain(
        classes=classes,
        macro_classes=tuple(counted),
        before=estimate_mean_recall([(one.before, one.documents) for one in counted.values()]),
        after=estimate_mean_recall([(one.after, one.documents) for one in counted.values()]),
        won=won,
        lost=lost,
        chance=round(compute_chance(least=won, of=won + lost), 6),
    )


def measure_unseen_genres(recipe: Recipe, *, most: int) -> Gain:
    """What `most` documents a class would bring to a customer whose genres are not generated.

    Genres are left out of the generated documents in turn, and stand for the customer's: some of
    their documents are brought, and the others are told.
    """
    drawn = list(draw_samples(recipe.documents, seed=recipe.seed))
    folds = deal_folds(drawn, recipe.folds)
    truth: list[str] = []
    before: list[str] = []
    after: list[str] = []
    for place in range(recipe.folds):
        generated = [one for one, fold in zip(drawn, folds, strict=True) if fold != place]
        theirs = [one for one, fold in zip(drawn, folds, strict=True) if fold == place]
        brought, rest = _take(theirs, most)
        texts = [one.text for one in rest]
        truth += [one.label for one in rest]
        before += train(generated, LABELS, recipe).tell(texts)
        own = Own(tuple(brought), recipe.own_weight)
        after += train(generated, LABELS, recipe, own).tell(texts)
    return measure_gain(LABELS, truth, before=before, after=after)


def _take(samples: Sequence[Sample], most: int) -> tuple[list[Sample], list[Sample]]:
    """At most so many a class, and the rest."""
    taken: list[Sample] = []
    rest: list[Sample] = []
    counts: Counter[str] = Counter()
    for sample in samples:
        (taken if counts[sample.label] < most else rest).append(sample)
        counts[sample.label] += 1
    return taken, rest


def tell_gain(gain: Gain) -> Iterator[str]:
    """The comparison as lines for a terminal."""
    yield f"{'class':<16} {'documents':>9} {'right without':>14} {'right with':>11}"
    for label, one in gain.classes.items():
        yield f"{label:<16} {one.documents:>9} {one.before:>14} {one.after:>11}"
    if gain.macro_classes:
        yield (
            f"mean recall over {len(gain.macro_classes)} known classes of {FEW} documents or more:"
            f" {tell_share(gain.before)} without, {tell_share(gain.after)} with"
        )
    chance = f"{gain.chance:.2g}" if gain.chance >= _SMALL else f"below {_SMALL}"
    yield f"{gain.won} won, {gain.lost} lost; so much by chance: {chance} (McNemar, one-sided)"
