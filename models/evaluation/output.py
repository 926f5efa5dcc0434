"""An evaluation's files: evaluation.json, figures.json, report.html and the pictures."""

from pathlib import Path

from models.evaluation.figures import Figures
from models.evaluation.judgement import Evaluation
from models.evaluation.pictures import draw_pictures
from models.evaluation.report import write_report

EVALUATION, FIGURES, REPORT = "evaluation.json", "figures.json", "report.html"


def write_evaluation(folder: Path, evaluation: Evaluation, figures: Figures) -> Path:
    """Write every file; the path of the report. Without matplotlib there are no pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        pictures = draw_pictures(figures)
    except ModuleNotFoundError as error:
        if error.name != "matplotlib":
            raise
        pictures = {}
    texts = {
        EVALUATION: evaluation.model_dump_json(indent=1),
        FIGURES: figures.model_dump_json(indent=1),
        REPORT: write_report(evaluation, figures, pictures),
    }
    for name, text in texts.items():
        (folder / name).write_text(f"{text}\n", encoding="utf-8")
    for name, content in pictures.items():
        (folder / name).write_bytes(content)
    return folder / REPORT
