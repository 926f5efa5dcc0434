"""The figures as lines for a terminal."""

from collections.abc import Iterator

from models.evaluation.figures import FEW, Figures
from models.evaluation.intervals import Interval
from models.evaluation.judgement import Evaluation

GENERATED = (
    "These documents are generated, as those of the training are: the figures prove little."
    " Measure on documents of your own."
)


def tell(evaluation: Evaluation, figures: Figures) -> Iterator[str]:
    """What the evaluation comes to, a line each."""
    yield f"{evaluation.package_name} {evaluation.package_digest}"
    unread = f", {len(evaluation.unread)} without text" if evaluation.unread else ""
    yield f"{figures.documents} documents{unread}; ranges are 95 % confidence intervals"
    if evaluation.evidence == "generated":
        yield GENERATED
    yield ""
    yield f"{'class':<16} {'documents':>9}  {'recall':<23} {'precision':<23}"
    for label, one in figures.classes.items():
        few = "" if one.documents >= FEW else "  (too few to count)"
        recall = tell_share(one.recall) if one.documents else "-"
        precision = tell_share(one.precision) if one.answered else "-"
        yield (f"{label:<16} {one.documents:>9}  {recall:<23} {precision:<23}{few}").rstrip()
    yield ""
    for name, told in tell_summary(figures):
        yield f"{name:<34} {told}"
    yield ""
    for part in figures.slices:
        yield (
            f"{part.name} = {part.value}: {part.documents} documents, "
            f"{tell_share(part.well_handled)} handled well"
        )


def tell_summary(figures: Figures) -> Iterator[tuple[str, str]]:
    """The figures over all documents, by their names."""
    classes = len(figures.macro_classes)
    yield f"mean recall over {classes} classes", tell_share(figures.macro_recall)
    yield "all classes: right", tell_share(figures.accuracy)
    yield "known: need no person", tell_share(figures.automatic)
    yield "known: of those, right", tell_share(figures.automatic_right)
    passed = tell_share(figures.unknown_passed) if figures.unknown else "no such document"
    yield "unknown: pass as something", passed
    yield "all that pass: right", tell_share(figures.passed_right)
    yield "expected calibration error", f"{figures.calibration_error:.3f}"


def tell_share(share: Interval) -> str:
    """A share with its bounds."""
    return f"{share.value:.3f} ({share.low:.3f} to {share.high:.3f})"
