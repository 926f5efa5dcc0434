"""Tables for a terminal: a name, then figures."""

from collections.abc import Iterator, Sequence

Row = tuple[str, Sequence[str]]


def lay_out(head: Row, rows: Sequence[Row], *, above: Sequence[tuple[str, int]] = ()) -> str:
    """The rows under their head, figures to the right.

    `above` are headings over as many columns as their number says.
    """
    width = max(len(name) for name, _ in (head, *rows))
    widths = [
        max(map(len, column)) for column in zip(head[1], *(row[1] for row in rows), strict=True)
    ]
    lines = [_line(name, figures, width, widths) for name, figures in (head, *rows)]
    if above:
        lines.insert(0, "".join([" " * width, *_headings(above, widths)]).rstrip())
    return "\n".join(lines)


def _line(name: str, figures: Sequence[str], width: int, widths: Sequence[int]) -> str:
    return "".join(
        [
            f"{name:<{width}}",
            *(f"  {one:>{room}}" for one, room in zip(figures, widths, strict=True)),
        ]
    ).rstrip()


def _headings(above: Sequence[tuple[str, int]], widths: Sequence[int]) -> Iterator[str]:
    left = list(widths)
    for text, columns in above:
        room = sum(left[:columns]) + 2 * columns
        yield f"{text:>{room}}"
        del left[:columns]
