"""An evaluation's figures as DVC shows them: metrics.json, and a table for each plot."""

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from models.evaluation.figures import Figures
from models.evaluation.intervals import Interval
from models.evaluation.judgement import Evaluation

METRICS, CONFUSION, COVERAGE, RELIABILITY = (
    "metrics.json",
    "confusion.csv",
    "coverage.csv",
    "reliability.csv",
)
_SHARES = (
    "macro_recall",
    "accuracy",
    "automatic",
    "automatic_right",
    "unknown_passed",
    "passed_right",
)


def write_tables(folder: Path, evaluation: Evaluation, figures: Figures) -> None:
    """Write every file."""
    text = json.dumps(list_metrics(evaluation, figures), indent=1)
    (folder / METRICS).write_text(f"{text}\n", encoding="utf-8")
    _write_rows(
        folder / CONFUSION,
        ("class", "answer"),
        ((each.label, each.answer) for each in evaluation.judgements),
    )
    _write_rows(
        folder / COVERAGE,
        ("threshold", "coverage", "accuracy"),
        ((each.threshold, each.coverage, each.accuracy) for each in figures.curve),
    )
    _write_rows(
        folder / RELIABILITY,
        ("confidence", "accuracy", "documents"),
        ((each.confidence, each.accuracy, each.documents) for each in figures.bins),
    )


def list_metrics(evaluation: Evaluation, figures: Figures) -> dict[str, Any]:
    """The figures by their names, those of classes below them; bounds are 95 % intervals."""
    shares: dict[str, Interval] = {name: getattr(figures, name) for name in _SHARES}
    return {
        "evidence": evaluation.evidence,
        "documents": figures.documents,
        "unread": len(evaluation.unread),
        **{name: share.model_dump() for name, share in shares.items()},
        "calibration_error": figures.calibration_error,
        "classes": {
            label: {
                "documents": one.documents,
                "recall": one.recall.value,
                "precision": one.precision.value,
            }
            for label, one in figures.classes.items()
        },
    }


def _write_rows(path: Path, names: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(names)
        writer.writerows(rows)
