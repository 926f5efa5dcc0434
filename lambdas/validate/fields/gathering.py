"""Fields that are gathered from many places: rows, dates, signatures, boxes, zones."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from lambdas.shared.extraction import Box, Line, Page
from lambdas.validate.fields import marks
from lambdas.validate.fields.candidates import Candidate, find_matches
from lambdas.validate.fields.labels import LabelBook, compact
from lambdas.validate.fields.layout import read_rows
from lambdas.validate.fields.mapping import FieldSpec
from lambdas.validate.fields.marks import Mark
from lambdas.validate.fields.readings import Reading
from lambdas.validate.fields.row_patterns import read_pattern_rows
from lambdas.validate.fields.tables import RowReading, list_values, read_table_rows
from lambdas.validate.fields.values import CelValue, Notation, read_value
from lambdas.validate.notations import mrz
from lambdas.validate.notations.money import find_amounts, to_micros
from lambdas.validate.notations.periods import find_periods


def gather(
    name: str,
    specs: Mapping[str, FieldSpec],
    candidates: Sequence[Candidate],
    pages: Sequence[Page],
    notation: Notation,
) -> Reading:
    """The reading of a list field; its value is a list, empty when nothing was found."""
    spec = specs[name]
    if spec.kind == "between":
        return Reading(name, value=[])  # it is read after the fields that bound it
    if spec.kind in {"zone", "periods"}:
        zone = spec.kind == "zone"
        return _read_zone(name, pages, notation) if zone else _read_periods(name, pages)
    if spec.kind == "dates":
        return _from_dates(name, candidates, notation)
    if spec.kind == "texts":
        return _from_texts(name, spec, candidates, pages)
    if spec.kind == "rows":
        return _read_rows_of(name, specs, pages, notation)
    return _from_marks(name, _find_marks(spec, specs, pages))


def _read_rows_of(
    name: str, specs: Mapping[str, FieldSpec], pages: Sequence[Page], notation: Notation
) -> Reading:
    """The rows of tables, else the visual rows of the field's pattern."""
    spec = specs[name]
    ends = LabelBook({other: specs[other].labels for other in spec.until})
    table = read_table_rows(pages, spec, notation, ends)
    rows = table.rows or read_pattern_rows(pages, spec, notation, ends)
    return replace(_from_rows(name, rows, unit="row"), certain=table.whole)


def read_between(
    name: str,
    bounds: tuple[str, str],
    specs: Mapping[str, FieldSpec],
    readings: Mapping[str, Reading],
    pages: Sequence[Page],
) -> Reading:
    """The amounts between two fields of one page that belong to no other field of money."""
    upper, lower = (readings[bound].box for bound in bounds)
    if upper is None or lower is None or upper.page != lower.page:
        return Reading(name, value=[])
    money = [readings[other] for other, spec in specs.items() if spec.kind == "money"]
    known = [place for reading in money if reading.box for place in (*reading.places, reading.box)]
    rows = []
    page = next(page for page in pages if page.number == upper.page)
    for row in read_rows(page):
        amounts = find_amounts(row.pieces[-1].text)
        box = row.pieces[-1].box
        inside = _middle(upper) < _middle(box) < _middle(lower)
        if not inside or not amounts or any(_is_level(box, place) for place in known):
            continue
        values: dict[str, CelValue] = {"text": row.text, "amount": to_micros(amounts[-1].value)}
        rows.append(RowReading(values, {"text": row.text}, box, row.confidence))
    return _from_rows(name, rows, unit="amount")


def _middle(box: Box) -> float:
    return box.top + box.height / 2


def _is_level(one: Box, other: Box) -> bool:
    near = max(one.height, other.height) * 0.7
    return one.page == other.page and abs(_middle(one) - _middle(other)) < near


def _find_marks(
    spec: FieldSpec, specs: Mapping[str, FieldSpec], pages: Sequence[Page]
) -> list[Mark]:
    if spec.kind == "signatures":
        labels = LabelBook({other: specs[other].labels for other in specs})
        return marks.find_signatures(pages, spec, labels)
    if spec.kind == "boxes":
        return marks.find_boxes(pages, spec)
    return marks.find_starred(pages)


def _from_rows(name: str, rows: Sequence[RowReading], *, unit: str) -> Reading:
    if not rows:
        return Reading(name, value=[])
    return Reading(
        name,
        value=list_values(rows),
        text=f"{len(rows)} {unit}{'s' if len(rows) > 1 else ''}",
        box=rows[0].box,
        confidence=min(row.confidence for row in rows),
        rows=rows,
    )


def _from_marks(name: str, found: Sequence[Mark]) -> Reading:
    rows = [
        RowReading(
            {"label": mark.label, "text": mark.text},
            {"label": mark.label, "text": mark.text},
            mark.box,
            mark.confidence,
        )
        for mark in found
    ]
    return _from_rows(name, rows, unit="mark")


def _from_texts(
    name: str, spec: FieldSpec, candidates: Sequence[Candidate], pages: Sequence[Page]
) -> Reading:
    """Every labelled or matching text, each once."""
    places = [place for place in candidates if place.rank[0] == 0 and place.text]
    places += [place for _, place in find_matches(pages, spec.patterns)]
    rows: dict[str, RowReading] = {}
    for place in places:
        rows.setdefault(compact(place.text), _as_row(place, place.text))
    return _from_values(name, list(rows.values()))


def _from_dates(name: str, candidates: Sequence[Candidate], notation: Notation) -> Reading:
    """The date at every labelled place; one that was left blank or does not exist has no value."""
    rows: list[RowReading] = []
    for place in sorted(candidates, key=lambda place: not place.text):
        if place.rank[0] > 0 or any(_is_near(place.box, row.box) for row in rows):
            continue
        date = read_value("date", place.text, notation)
        if date is not None:
            rows.append(_as_row(place, date.value))
        elif not place.text:
            rows.append(_as_row(place, None))
    return _from_values(name, rows)


def _as_row(place: Candidate, value: CelValue) -> RowReading:
    text = place.text or "(blank)"
    return RowReading({"value": value}, {"text": text}, place.box, place.confidence)


def _from_values(name: str, rows: Sequence[RowReading]) -> Reading:
    """Rows of one value each, as a list of these values."""
    if not rows:
        return Reading(name, value=[])
    values: list[CelValue] = [row.values["value"] for row in rows]
    text = "; ".join(row.texts["text"] for row in rows)
    return replace(_from_rows(name, rows, unit="place"), value=values, text=text)


def _is_near(one: Box, other: Box) -> bool:
    return one.page == other.page and (
        abs(one.top - other.top) < 0.012 and abs(one.left - other.left) < 0.3
    )


def _read_periods(name: str, pages: Sequence[Page]) -> Reading:
    rows = [
        RowReading(
            {"start": period.start, "end": period.end},
            {"text": period.text},
            line.box,
            line.confidence,
        )
        for page in pages
        for line in page.lines
        for period in find_periods(line.text)
    ]
    return _from_rows(name, rows, unit="period")


def _read_zone(name: str, pages: Sequence[Page], notation: Notation) -> Reading:
    """The machine-readable zone; lines that look like one but fit no format have no value."""
    lines: list[Line] = [
        line for page in pages for line in page.lines if mrz.is_zone_line(line.text)
    ]
    if not lines:
        return Reading(name)
    text = "\n".join(line.text for line in lines)
    confidence = min(line.confidence for line in lines)
    zone = mrz.read_zone([line.text for line in lines])
    if zone is None:
        return Reading(name, None, text, lines[0].box, confidence)
    birth, expiry = zone.birth(notation.received), zone.expiry(notation.received)
    value: dict[str, CelValue] = {
        "number": zone.number,
        "birth": birth.isoformat() if birth else None,
        "expiry": expiry.isoformat() if expiry else None,
        "faults": list(zone.find_faults()),
    }
    return Reading(name, value, text, lines[0].box, confidence)
