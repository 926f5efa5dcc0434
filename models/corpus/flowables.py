"""What reportlab cannot draw by itself: signatures, boxes to tick, photographs, boxed forms."""

import math
from random import Random

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

INK = HexColor("#1b2f6b")


class ScribbleLine(Flowable):  # type: ignore[misc]
    """A label, a line to sign on, and ink above it if there is a name."""

    def __init__(self, label: str, signed_by: str | None, *, font: str, size: float) -> None:
        """The ink's shape follows from the name."""
        super().__init__()
        self.label, self.signed_by, self.font, self.size = label, signed_by, font, size
        self.height = size * 3.2

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        """As wide as a signature needs, not wider than the place."""
        self.width = min(available_width, 300.0)
        return self.width, self.height

    def draw(self) -> None:
        """Draw label, line and ink on the canvas."""
        canvas = self.canv
        canvas.setFont(self.font, self.size)
        canvas.drawString(0, 4, self.label)
        start = canvas.stringWidth(self.label, self.font, self.size) + 8
        canvas.setLineWidth(0.6)
        canvas.line(start, 1, self.width, 1)
        if self.signed_by is None:
            return
        canvas.drawString(start + 4, 4, f"/s/ {self.signed_by}")
        text = canvas.stringWidth(f"/s/ {self.signed_by}", self.font, self.size)
        draw_ink(canvas, Random(self.signed_by), start + text + 14, 5, self.size * 1.9)


def draw_ink(canvas: object, random: Random, left: float, bottom: float, height: float) -> None:
    """A handwritten-looking stroke of about four times its height."""
    path = canvas.beginPath()  # type: ignore[attr-defined]
    path.moveTo(left, bottom + height * 0.3)
    x = left
    for index in range(random.randint(5, 8)):
        step = height * random.uniform(0.35, 0.6)
        swing = height * (0.45 + 0.45 * math.sin(index * 2.1 + random.random()))
        path.curveTo(
            x + step * 0.2,
            bottom + swing * 1.6,
            x + step * 0.9,
            bottom + swing * 1.2,
            x + step,
            bottom + height * random.uniform(0, 0.3),
        )
        x += step
    canvas.saveState()  # type: ignore[attr-defined]
    canvas.setStrokeColor(INK)  # type: ignore[attr-defined]
    canvas.setLineWidth(1.1)  # type: ignore[attr-defined]
    canvas.drawPath(path)  # type: ignore[attr-defined]
    canvas.restoreState()  # type: ignore[attr-defined]


class PortraitBox(Flowable):  # type: ignore[misc]
    """A grey head and shoulders in a frame, where a photograph would be."""

    def wrap(self, _available_width: float, _available_height: float) -> tuple[float, float]:
        """Always the same size."""
        self.width, self.height = 78.0, 100.0
        return self.width, self.height

    def draw(self) -> None:
        """Draw the frame and the figure."""
        canvas = self.canv
        canvas.setFillColor(HexColor("#e3e7ee"))
        canvas.rect(0, 0, self.width, self.height, stroke=1, fill=1)
        canvas.setFillColor(HexColor("#9aa6b8"))
        canvas.circle(self.width / 2, self.height * 0.62, 17, stroke=0, fill=1)
        canvas.ellipse(12, -14, self.width - 12, 36, stroke=0, fill=1)
        canvas.setFillColor(HexColor("#ffffff"))
        canvas.rect(-2, -16, self.width + 4, 15.4, stroke=0, fill=1)
