"""Blocks as reportlab's flowables, in one document's style."""

from functools import singledispatchmethod
from html import escape
from typing import Any

from reportlab.lib.colors import Color, HexColor, black
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import (
    Flowable,
    HRFlowable,
    KeepTogether,
    PageBreak,
    Paragraph,
    Preformatted,
    Spacer,
    Table,
)

from models.corpus import content
from models.corpus.content import Style
from models.corpus.flowables import PortraitBox, ScribbleLine

_FACES = {
    "Helvetica": ("Helvetica", "Helvetica-Bold"),
    "Times": ("Times-Roman", "Times-Bold"),
    "Courier": ("Courier", "Courier-Bold"),
}
_ALIGN = {"left": 0, "center": 1, "right": 2, "l": 0, "c": 1, "r": 2}
_GREY = HexColor("#303030")

_WHOLE = ((0, 0), (-1, -1))  # the cells that a style applies to, from and to
_TOP = ("VALIGN", *_WHOLE, "TOP")
_FLUSH = [_TOP, ("LEFTPADDING", *_WHOLE, 0), ("RIGHTPADDING", *_WHOLE, 6)]
_GRID = ("GRID", *_WHOLE, 0.6, black)
_Look = tuple[Any, ...]
_RULINGS: dict[str, list[_Look]] = {
    "grid": [_GRID, ("BACKGROUND", (0, 0), (-1, 0), HexColor("#e8ebf0"))],
    "lines": [
        ("LINEBELOW", (0, 0), (-1, 0), 0.8, black),
        ("LINEBELOW", (0, -1), (-1, -1), 0.8, black),
    ],
    "none": [],
}


class Setter:
    """Sets one block after the other for a column of a given width, in points."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self.face, self.bold = _FACES[style.font]

    def _paragraph(
        self,
        text: str,
        *,
        size: float | None = None,
        bold: bool = False,
        align: int = 0,
        colour: Color = black,
    ) -> Paragraph:
        points = size or self.style.size
        look = ParagraphStyle(
            "text",
            fontName=self.bold if bold else self.face,
            fontSize=points,
            leading=points * self.style.leading,
            alignment=align,
            textColor=colour,
        )
        return Paragraph(escape(text).replace("\n", "<br/>"), look)

    @singledispatchmethod
    def set_block(self, block: content.Block, _width: float) -> list[Flowable]:
        """The flowables of one block; raises TypeError for what is no block."""
        raise TypeError(f"{type(block).__name__} is no block")

    @set_block.register
    def _(self, block: content.Text, _width: float) -> list[Flowable]:
        sizes = {"small": 9.0, "body": self.style.size, "large": self.style.size * 1.25}
        size = sizes.get(block.size, self.style.size * 1.9)
        if block.mono:
            face = "Courier-Bold" if block.bold else "Courier"
            look = ParagraphStyle("mono", fontName=face, fontSize=size, leading=size * 1.25)
            return [Preformatted(block.text, look)]
        colour = HexColor(self.style.accent) if block.size in ("large", "title") else black
        align = _ALIGN[block.align]
        return [self._paragraph(block.text, size=size, bold=block.bold, align=align, colour=colour)]

    @set_block.register
    def _(self, block: content.Gap, _width: float) -> list[Flowable]:
        return [Spacer(1, block.lines * self.style.size * 1.2)]

    @set_block.register
    def _(self, _block: content.Ruling, _width: float) -> list[Flowable]:
        return [HRFlowable(width="100%", thickness=0.7, color=black, spaceBefore=3)]

    @set_block.register
    def _(self, _block: content.PageBreak, _width: float) -> list[Flowable]:
        return [PageBreak()]

    @set_block.register
    def _(self, _block: content.Portrait, _width: float) -> list[Flowable]:
        return [PortraitBox()]

    @set_block.register
    def _(self, block: content.Scribble, _width: float) -> list[Flowable]:
        return [ScribbleLine(block.label, block.signed_by, font=self.face, size=self.style.size)]

    @set_block.register
    def _(self, block: content.Checkboxes, _width: float) -> list[Flowable]:
        return [self._paragraph(f"[{'x' if on else ' '}] {text}") for text, on in block.rows]

    @set_block.register
    def _(self, block: content.Together, width: float) -> list[Flowable]:
        return [
            KeepTogether([one for inner in block.blocks for one in self.set_block(inner, width)])
        ]

    @set_block.register
    def _(self, block: content.Columns, width: float) -> list[Flowable]:
        cells = [
            [flowable for inner in column for flowable in self.set_block(inner, width * share - 6)]
            for column, share in zip(block.columns, block.shares, strict=True)
        ]
        return [Table([cells], colWidths=[width * share for share in block.shares], style=_FLUSH)]

    @set_block.register
    def _(self, block: content.Pairs, width: float) -> list[Flowable]:
        match block.look:
            case "colon":
                return [self._paragraph(f"{label}: {value}") for label, value in block.rows]
            case "stacked":
                return self._stacked(block)
            case "spread":
                return self._spread(block, width)
            case "columns":
                return self._aligned(block, width)

    def _stacked(self, block: content.Pairs) -> list[Flowable]:
        flowables: list[Flowable] = []
        for label, value in block.rows:
            flowables += [
                self._paragraph(label, size=9.0, colour=_GREY),
                self._paragraph(value or "\u00a0", size=self.style.size + 1, bold=True),
                Spacer(1, self.style.size * 0.5),
            ]
        return flowables

    def _spread(self, block: content.Pairs, width: float) -> list[Flowable]:
        lines = [f"{label}: {value}" for label, value in block.rows]
        lines += [""] * (len(lines) % 2)
        rows = [
            [self._paragraph(line) for line in lines[start : start + 2]]
            for start in range(0, len(lines), 2)
        ]
        return [Table(rows, colWidths=[width / 2] * 2, style=_FLUSH)] if rows else []

    def _aligned(self, block: content.Pairs, width: float) -> list[Flowable]:
        longest = max((len(label) for label, _ in block.rows), default=0)
        first = min(max(longest * self.style.size * 0.56 + 14, width * 0.25), width * 0.6)
        rows = [[self._paragraph(label), self._paragraph(value)] for label, value in block.rows]
        look = [*_FLUSH, ("BOTTOMPADDING", *_WHOLE, 2)]
        widths = [first, width - first]
        return [Table(rows, colWidths=widths, style=look, hAlign="LEFT")] if rows else []

    @set_block.register
    def _(self, block: content.Boxes, width: float) -> list[Flowable]:
        grids: list[Flowable] = []
        for index, row in enumerate(block.rows):
            shares = block.shares[index] if block.shares else tuple(1 / len(row) for _ in row)
            cells = [
                [
                    self._paragraph(label, size=9.0, colour=_GREY),
                    self._paragraph(value or "\u00a0", size=self.style.size + 0.5),
                ]
                for label, value in row
            ]
            look = [_TOP, _GRID, ("TOPPADDING", *_WHOLE, 1)]
            grids.append(Table([cells], colWidths=[width * share for share in shares], style=look))
        return grids

    @set_block.register
    def _(self, block: content.Table, width: float) -> list[Flowable]:
        if not block.header and not block.rows:
            return []
        aligns = [_ALIGN[letter] for letter in block.align]
        lines = [(block.header, True)] if block.header else []
        lines += [(row, False) for row in block.rows]
        rows = [
            [
                self._paragraph(text, bold=bold, align=align)
                for text, align in zip(line, aligns, strict=True)
            ]
            for line, bold in lines
        ]
        widths = [width * share for share in block.shares]
        look: list[_Look] = [_TOP, *_RULINGS[block.ruled]]
        repeat = 1 if block.header else 0
        grid = Table(rows, colWidths=widths, style=look, repeatRows=repeat, hAlign="LEFT")
        return [grid] if rows else []

    @set_block.register
    def _(self, block: content.Totals, width: float) -> list[Flowable]:
        last = len(block.rows) - 1
        rows = [
            [self._paragraph(text, bold=index == last, align=2) for text in row]
            for index, row in enumerate(block.rows)
        ]
        look = [_TOP, ("LINEABOVE", (0, last), (-1, last), 0.8, black)]
        wide = min(width, max(220.0, width * 0.45))
        grid = Table(rows, colWidths=[wide * 0.6, wide * 0.4], style=look, hAlign="RIGHT")
        return [KeepTogether([grid])]
