"""The picture in the model card: how far confidence can be trusted, as SVG.

It is written out, not plotted: the same figures are the same bytes wherever a package is built, and
whatever reads it may choose the light colours or the dark ones.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from models.lexical.measures import Step, Tenth

_WIDTH, _HEIGHT = 860, 444
_SIDE, _TOP = 300, 70
"""Of both panels, in pixels: the length of an axis, and how far down it begins."""
_LEFT, _RIGHT = 76, 516
"""Where the panels begin."""
_MARKED = (0.5, 0.7, 0.9, 0.95, 0.99)
"""Thresholds that are written beside the curve."""
_STYLE = """
text { font: 13px system-ui, sans-serif; fill: #333 } .title { font-weight: 600; font-size: 14px }
.small { font-size: 12px } .page { fill: #fff } .grid { stroke: #ddd } .ideal { stroke: #888 }
.first { color: #1f5f99 } .second { color: #b3470b } .line { fill: none; stroke: currentColor }
.dot { fill: currentColor } .ring { fill: none; stroke: currentColor; stroke-width: 2 }
.name { fill: currentColor }
@media (prefers-color-scheme: dark) {
text { fill: #ddd } .page { fill: #14181d } .grid { stroke: #3a4149 } .ideal { stroke: #999 }
.first { color: #6db3f2 } .second { color: #f2a65e } .name { fill: currentColor } }
"""


@dataclass(frozen=True, slots=True)
class Trust:
    """What was judged unseen, and where the package's own thresholds lie: coverage, accuracy."""

    name: str
    steps: Sequence[Step]
    shipped: tuple[float, float]
    tenths: Sequence[Tenth]


@dataclass(frozen=True, slots=True)
class _Panel:
    """Axes: both run from `low` to 1; `left` is where the panel begins."""

    left: int
    low: tuple[float, float]

    def x(self, value: float) -> str:
        """How far right a value is drawn."""
        return _number(self.left + _SIDE * (value - self.low[0]) / (1 - self.low[0]))

    def y(self, value: float) -> str:
        """How far down a value is drawn."""
        return _number(_TOP + _SIDE * (1 - value) / (1 - self.low[1]))


def draw_trust(trusts: Sequence[Trust]) -> str:
    """Two panels: what a threshold does, and how often an answer of a confidence is right."""
    least = min(
        accuracy for trust in trusts for accuracy in (*_list_accuracies(trust), trust.shipped[1])
    )
    curve = _Panel(_LEFT, (0.0, min(0.9, int(least * 10) / 10)))
    reliability = _Panel(_RIGHT, (0.0, 0.0))
    described = "; ".join(
        f"{trust.name}: at the package's thresholds {trust.shipped[0]:.1%} pass,"
        f" {trust.shipped[1]:.1%} of those that pass are right"
        for trust in trusts
    )
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}"'
        f' width="{_WIDTH}" height="{_HEIGHT}" role="img">',
        "<title>Confidence, coverage and accuracy</title>",
        f"<desc>{escape(described)}</desc>",
        f"<style>{_STYLE}</style>",
        f'<rect class="page" width="{_WIDTH}" height="{_HEIGHT}"/>',
        *_draw_axes(
            curve,
            "What a threshold does",
            "known documents that pass",
            "right among those that pass",
        ),
        *_draw_axes(reliability, "What a confidence is worth", "confidence", "right answers"),
        _write(_LEFT, _HEIGHT - 8, "dots: one threshold; ring: the package's own", "start"),
        _write(_RIGHT, _HEIGHT - 8, "dots: the larger, the more documents", "start"),
        f'<line class="ideal" stroke-dasharray="5 4" x1="{reliability.x(0)}"'
        f' y1="{reliability.y(0)}" x2="{reliability.x(1)}" y2="{reliability.y(1)}"/>',
    ]
    for number, (colour, trust) in enumerate(zip(("first", "second"), trusts, strict=False)):
        lines += [
            f'<g class="{colour}">',
            *_draw_curve(curve, trust, marked=number == 0),
            *_draw_reliability(reliability, trust),
            *_draw_legend(curve, trust.name, len(trusts) - number),
            "</g>",
        ]
    return "\n".join([*lines, "</svg>", ""])


def _list_accuracies(trust: Trust) -> Iterator[float]:
    """Of the thresholds that let a tenth of the documents pass: of fewer, one mistake is much."""
    yield from (step.accuracy for step in trust.steps if step.coverage >= 0.1)


def _draw_axes(panel: _Panel, title: str, across: str, up: str) -> Iterator[str]:
    middle = _number(panel.left + _SIDE / 2)
    yield f'<text class="title" x="{panel.left}" y="26">{title}</text>'
    for number in range(6):
        x, y = (low + (1 - low) * number / 5 for low in panel.low)
        lines = f"M{panel.x(x)} {_TOP}v{_SIDE}M{panel.left} {panel.y(y)}h{_SIDE}"
        yield f'<path class="grid" d="{lines}"/>'
        yield _write(float(panel.x(x)), _TOP + _SIDE + 18, f"{x:.0%}", "middle")
        yield _write(panel.left - 8, float(panel.y(y)) + 4, f"{y:.0%}", "end")
    yield f'<text x="{middle}" y="{_TOP + _SIDE + 36}" text-anchor="middle">{across}</text>'
    yield f'<text x="{panel.left - 44}" y="{_TOP - 16}">{up}</text>'


def _draw_curve(panel: _Panel, trust: Trust, *, marked: bool) -> Iterator[str]:
    places = {
        step.threshold: (panel.x(step.coverage), panel.y(max(panel.low[1], step.accuracy)))
        for step in trust.steps
    }
    drawn = " ".join(f"{x},{y}" for x, y in dict.fromkeys(places.values()))
    yield f'<polyline class="line" stroke-width="2" points="{drawn}"/>'
    for threshold in _MARKED:
        if threshold in places:
            x, y = places[threshold]
            yield f'<circle class="dot" cx="{x}" cy="{y}" r="3.5"/>'
            if marked:
                yield _write(float(x) - 8, float(y) + 12, f"{threshold:g}", "end")
    x, y = panel.x(trust.shipped[0]), panel.y(max(panel.low[1], trust.shipped[1]))
    yield f'<circle class="ring" cx="{x}" cy="{y}" r="7"/>'


def _draw_reliability(panel: _Panel, trust: Trust) -> Iterator[str]:
    drawn = " ".join(f"{panel.x(one.confidence)},{panel.y(one.accuracy)}" for one in trust.tenths)
    yield f'<polyline class="line" stroke-width="1.5" points="{drawn}"/>'
    most = max(one.documents for one in trust.tenths)
    for one in trust.tenths:
        radius = _number(2 + 7 * (one.documents / most) ** 0.5)
        x, y = panel.x(one.confidence), panel.y(one.accuracy)
        yield f'<circle class="dot" cx="{x}" cy="{y}" r="{radius}"/>'


def _draw_legend(panel: _Panel, name: str, line: int) -> Iterator[str]:
    y = _TOP + _SIDE - 20 * line
    yield f'<path class="line" stroke-width="2" d="M{panel.left + 10} {y}h20"/>'
    yield f'<text class="name small" x="{panel.left + 38}" y="{y + 4}">{escape(name)}</text>'


def _write(x: float, y: float, text: str, anchor: str) -> str:
    place = f'x="{_number(x)}" y="{_number(y)}" text-anchor="{anchor}"'
    return f'<text class="small" {place}>{escape(text)}</text>'


def _number(value: float) -> str:
    return f"{value:.1f}"
