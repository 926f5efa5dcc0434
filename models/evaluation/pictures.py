"""The figures as pictures: PNG of the same bytes wherever they are drawn."""

import io
from typing import Any

from models.evaluation.figures import Figures

_SIZE, _DOTS = (6.4, 4.2), 130
_BLUE, _GREY = "#20639b", "#9a9a9a"


def draw_pictures(figures: Figures) -> dict[str, bytes]:
    """PNG files by their names; raises ModuleNotFoundError without matplotlib."""
    return {
        "confusion.png": _draw_confusion(figures),
        "coverage.png": _draw_coverage(figures),
        "reliability.png": _draw_reliability(figures),
    }


def _draw_confusion(figures: Figures) -> bytes:
    labels = list(figures.confusion)
    canvas, axes = _start("Documents by class and answer", (7.2, 6.2))
    rows = []
    for label in labels:
        own = max(1, sum(figures.confusion[label].values()))
        rows.append([figures.confusion[label].get(answer, 0) / own for answer in labels])
    axes.imshow(rows, cmap="Blues", vmin=0, vmax=1)
    for row, label in enumerate(labels):
        for column, answer in enumerate(labels):
            if count := figures.confusion[label].get(answer, 0):
                colour = "white" if rows[row][column] > 0.5 else "black"
                axes.text(column, row, str(count), ha="center", va="center", color=colour)
    axes.set_xticks(range(len(labels)), labels, rotation=40, ha="right")
    axes.set_yticks(range(len(labels)), labels)
    axes.set_xlabel("answer")
    axes.set_ylabel("class")
    return _finish(canvas)


def _draw_coverage(figures: Figures) -> bytes:
    canvas, axes = _start("What a threshold would cost", _SIZE)
    axes.plot(
        [point.coverage for point in figures.curve],
        [point.accuracy for point in figures.curve],
        color=_BLUE,
        marker=".",
        label="one threshold for all classes",
    )
    axes.plot(
        [figures.automatic.value],
        [figures.passed_right.value],
        "o",
        color="#c0392b",
        label="the package's thresholds",
    )
    axes.set_xlabel("known documents that need no person")
    axes.set_ylabel("right answers among those that pass")
    axes.set_xlim(0, 1.02)
    lowest = min([point.accuracy for point in figures.curve] + [figures.passed_right.value])
    axes.set_ylim(max(0.0, lowest - 0.05), 1.01)
    axes.legend(loc="lower left", frameon=False)
    return _finish(canvas)


def _draw_reliability(figures: Figures) -> bytes:
    error = f"expected calibration error {figures.calibration_error:.3f}"
    canvas, axes = _start(f"Confidence and accuracy, {error}", _SIZE)
    axes.plot([0, 1], [0, 1], "--", color=_GREY, label="keeps its word")
    most = max((each.documents for each in figures.bins), default=1)
    axes.plot(
        [each.confidence for each in figures.bins],
        [each.accuracy for each in figures.bins],
        color=_BLUE,
    )
    axes.scatter(
        [each.confidence for each in figures.bins],
        [each.accuracy for each in figures.bins],
        s=[20 + 180 * each.documents / most for each in figures.bins],
        color=_BLUE,
        label="a tenth of the scale, by documents",
    )
    axes.set_xlabel("confidence")
    axes.set_ylabel("right answers")
    axes.set_xlim(0, 1.03)
    axes.set_ylim(0, 1.03)
    axes.legend(loc="upper left", frameon=False)
    return _finish(canvas)


def _start(title: str, size: tuple[float, float]) -> tuple[Any, Any]:
    # Only now: an evaluation without pictures does without the library.
    from matplotlib.figure import Figure  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415

    canvas = Figure(figsize=size, layout="tight")
    axes = canvas.subplots()
    axes.set_title(title, fontsize=11)
    axes.spines[["top", "right"]].set_visible(False)
    return canvas, axes


def _finish(canvas: Any) -> bytes:  # noqa: ANN401 - matplotlib may be absent
    picture = io.BytesIO()
    canvas.savefig(picture, format="png", dpi=_DOTS, metadata={"Software": None})
    return picture.getvalue()
