"""What was read of one field: its value for the rules, its text and place for the evidence."""

from collections.abc import Sequence
from dataclasses import dataclass

from lambdas.shared.contracts import Evidence
from lambdas.shared.extraction import Box
from lambdas.validate.fields.tables import RowReading
from lambdas.validate.fields.values import CelValue


@dataclass(frozen=True, slots=True)
class Reading:
    """One field of one document.

    `text` is None where nothing stands for it; then `value` is None or an empty list. A text
    without a value was not understood, or is a date that does not exist.
    """

    field: str
    value: CelValue = None
    text: str | None = None
    box: Box | None = None
    confidence: float = 100.0
    certain: bool = True
    """False where the page allows another reading."""
    rows: Sequence[RowReading] = ()
    places: Sequence[Box] = ()
    """Every place of a sum."""

    @property
    def given(self) -> bool:
        """Whether anything stands for the field."""
        return self.text is not None

    @property
    def evidence(self) -> Evidence:
        """The text and where it stands."""
        return locate(self.field, self.text, self.box)


def locate(field: str, text: str | None, box: Box | None) -> Evidence:
    """A text and its place as evidence; without a place when there is none."""
    if box is None:
        return Evidence(field=field, value=text)
    return Evidence(
        field=field,
        value=text,
        page=box.page,
        left=box.left,
        top=box.top,
        width=box.width,
        height=box.height,
    )
