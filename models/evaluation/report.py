"""The figures as one HTML page that needs nothing beside it."""

from base64 import b64encode
from collections.abc import Iterator, Mapping
from html import escape

from models.evaluation.figures import FEW, Figures
from models.evaluation.judgement import Evaluation, Judgement
from models.evaluation.table import GENERATED, tell_share, tell_summary

_MISTAKES = 40
_STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 64rem; padding: 0 1rem }
table { border-collapse: collapse; margin: 1rem 0 }
td, th { border-bottom: 1px solid #ddd; padding: .3rem .8rem; text-align: left; vertical-align: top}
td.number { text-align: right; font-variant-numeric: tabular-nums }
img { max-width: 100% }
code { font-size: 90%; overflow-wrap: anywhere }
.few { color: #777 }
.passed { color: #a00; font-weight: 600 }
"""


def write_report(evaluation: Evaluation, figures: Figures, pictures: Mapping[str, bytes]) -> str:
    """The page; its worst mistakes quote the documents' words."""
    title = f"Evaluation of {escape(evaluation.package_name)}"
    return "\n".join(
        [
            '<!doctype html><html lang="en"><meta charset="utf-8">',
            f"<title>{title}</title><style>{_STYLE}</style>",
            f"<h1>{title}</h1>",
            f"<p><code>{escape(evaluation.package_digest)}</code>, on {figures.documents} documents"
            f" <code>{escape(evaluation.documents_digest)}</code>. Ranges are 95&nbsp;% confidence"
            " intervals: Wilson's for shares, a Bayesian bootstrap over classes for the mean.</p>",
            *([f"<p><strong>{GENERATED}</strong></p>"] if evaluation.evidence != "real" else []),
            *_draw_summary(figures),
            *_draw_classes(figures),
            *(_draw_picture(name, content) for name, content in pictures.items()),
            *_draw_slices(figures),
            *_draw_mistakes(evaluation),
            *_draw_unread(evaluation),
            "</html>",
        ]
    )


def list_mistakes(evaluation: Evaluation) -> list[Judgement]:
    """Documents that are handled badly: those that pass first, the surest of them first."""
    wrong = [each for each in evaluation.judgements if not (each.well_handled and each.right)]
    return sorted(wrong, key=lambda each: (not each.certain, -each.confidence, each.file))


def _draw_summary(figures: Figures) -> Iterator[str]:
    yield "<table>"
    for name, told in tell_summary(figures):
        yield f"<tr><th>{escape(name)}</th><td>{told}</td></tr>"
    yield "</table>"


def _draw_classes(figures: Figures) -> Iterator[str]:
    yield f"<h2>Classes</h2><p>Those of fewer than {FEW} documents do not count in the mean.</p>"
    yield "<table><tr><th>class<th>documents<th>recall<th>precision</tr>"
    for label, one in figures.classes.items():
        few = "" if one.documents >= FEW else ' class="few"'
        recall = tell_share(one.recall) if one.documents else "-"
        precision = tell_share(one.precision) if one.answered else "-"
        yield (
            f'<tr{few}><td>{escape(label)}<td class="number">{one.documents}'
            f"<td>{recall}<td>{precision}</tr>"
        )
    yield "</table>"


def _draw_picture(name: str, content: bytes) -> str:
    code = b64encode(content).decode()
    return f'<p><img alt="{escape(name)}" src="data:image/png;base64,{code}"></p>'


def _draw_slices(figures: Figures) -> Iterator[str]:
    yield "<h2>Slices</h2><table><tr><th>slice<th>documents<th>handled well</tr>"
    for part in figures.slices:
        yield (
            f"<tr><td>{escape(part.name)} = {escape(part.value)}"
            f'<td class="number">{part.documents}<td>{tell_share(part.well_handled)}</tr>'
        )
    yield "</table>"


def _draw_mistakes(evaluation: Evaluation) -> Iterator[str]:
    mistakes = list_mistakes(evaluation)
    yield f"<h2>Mistakes, the worst first: {len(mistakes)}</h2>"
    yield "<table><tr><th>document<th>class<th>answer<th>confidence<th>would<th>words</tr>"
    for each in mistakes[:_MISTAKES]:
        words = ", ".join(f"{escape(word.text)} {word.share:.0%}" for word in each.words)
        fate = '<span class="passed">pass</span>' if each.certain else "be held"
        yield (
            f"<tr><td><code>{escape(each.file)}</code><td>{escape(each.label)}"
            f'<td>{escape(each.answer)}<td class="number">{each.confidence:.2f}'
            f"<td>{fate}<td>{words or 'not told by this package'}</tr>"
        )
    yield "</table>"
    if len(mistakes) > _MISTAKES:
        yield f"<p>… and {len(mistakes) - _MISTAKES} more in <code>evaluation.json</code>.</p>"


def _draw_unread(evaluation: Evaluation) -> Iterator[str]:
    if not evaluation.unread:
        return
    yield "<h2>Documents without text</h2><table><tr><th>document<th>class<th>reason</tr>"
    for each in evaluation.unread:
        yield (
            f"<tr><td><code>{escape(each.file)}</code><td>{escape(each.label)}"
            f"<td>{escape(each.reason)}</tr>"
        )
    yield "</table>"
