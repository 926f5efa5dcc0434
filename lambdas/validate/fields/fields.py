"""The fields of a document: each typed value with the text it was read from and its place."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import cast, get_args

from lambdas.shared.extraction import Extraction, Line
from lambdas.validate.fields.candidates import Candidate, Source, find_candidates, find_matches
from lambdas.validate.fields.gathering import gather, read_between
from lambdas.validate.fields.labels import LabelBook
from lambdas.validate.fields.mapping import FieldSpec, ListKind, ValueKind
from lambdas.validate.fields.readings import Reading
from lambdas.validate.fields.values import Notation, Value, read_value
from lambdas.validate.notations.currencies import resolve_currency
from lambdas.validate.notations.dates import find_dates, find_day_order
from lambdas.validate.notations.money import (
    find_amounts,
    find_decimal_mark,
    format_micros,
    is_amount,
)

_SAMPLE_LINES = 2_000
"""How many lines show how a document writes numbers and dates."""

Understood = tuple[Candidate, Value]


def read_fields(
    extraction: Extraction, specs: Mapping[str, FieldSpec], *, received: date
) -> dict[str, Reading]:
    """Every field of the mapping; one that nothing was found for has no text and no value."""
    candidates = find_candidates(extraction, specs)
    book = LabelBook({name: spec.labels for name, spec in specs.items()})
    lines = list(islice(_list_lines(extraction), _SAMPLE_LINES))
    currency = _find_currency(lines)
    named = [place.text for place in candidates.get("currency", ())]
    codes = filter(None, map(resolve_currency, [*named, currency.text or ""]))
    notation = Notation(
        received=received,
        decimal_mark=find_decimal_mark(line.text for line in lines),
        day_order=find_day_order((line.text for line in lines), currency=next(codes, None)),
    )
    readings: dict[str, Reading] = {}
    for name, spec in specs.items():
        own = candidates.get(name, [])
        if spec.kind in get_args(ListKind):
            readings[name] = gather(name, specs, own, extraction.pages, notation)
            continue
        readings[name] = _read_single(name, spec, own, extraction, notation, book=book)
        if spec.kind == "currency" and not readings[name].given:
            readings[name] = replace(currency, field=name)
    for name, spec in specs.items():
        if spec.bounds:
            readings[name] = read_between(name, spec.bounds, specs, readings, extraction.pages)
    return readings


def _read_single(
    name: str,
    spec: FieldSpec,
    candidates: Sequence[Candidate],
    extraction: Extraction,
    notation: Notation,
    *,
    book: LabelBook,
) -> Reading:
    candidates = [candidate for candidate in candidates if candidate.text]
    understood = list(_understand(candidates, spec, notation))
    if not understood:
        matches = (found for _, found in find_matches(extraction.pages, spec.patterns))
        understood = list(_understand(matches, spec, notation))
    if not understood and spec.top_lines:
        understood = list(_understand(_read_top(extraction, spec, book), spec, notation))
    if not understood:
        firm = [place for place in candidates if place.rank[0] == 0 and _could_be(spec, place)]
        if not firm:
            return Reading(name)
        best = firm[0]
        return Reading(name, None, best.text, best.box, best.confidence)
    if spec.take == "sum":
        return _sum(name, understood)
    rank = understood[0][0].rank[:3]
    equals = [(place, value) for place, value in understood if place.rank[:3] == rank]
    place, value = equals[-1] if spec.take == "last" else equals[0]
    rivals = {str(other.value) for place, other in equals if place.source is not Source.TOP}
    return Reading(
        name,
        value.value,
        value.text,
        place.box,
        place.confidence,
        certain=value.certain and len(rivals) <= 1 and (spec.kind != "money" or rank[0] != 1),
    )


def _understand(
    candidates: Sequence[Candidate] | Iterator[Candidate], spec: FieldSpec, notation: Notation
) -> Iterator[Understood]:
    kind = cast(ValueKind, spec.kind)
    for candidate in candidates:
        if candidate.strict and not _is_plain(kind, candidate.text):
            continue
        value = read_value(kind, candidate.text, notation, past=spec.past, last=spec.part == "last")
        if value is not None:
            yield candidate, value


def _could_be(spec: FieldSpec, place: Candidate) -> bool:
    """Whether a text that was not understood was still meant as the value."""
    worded = spec.kind in {"text", "currency", "email"}
    masked = "**" in place.text or "XXX" in place.text.upper()
    return not place.strict and not masked and (worded or any(map(str.isdigit, place.text)))


def _is_plain(kind: ValueKind, text: str) -> bool:
    """Whether a text that only a space parts from its label can be its value and no more words."""
    if kind == "text":
        return False
    if kind == "date":
        return any(written.start <= 4 for written in find_dates(text)[:1])
    return kind not in {"money", "number"} or is_amount(text)


def _sum(name: str, understood: Sequence[Understood]) -> Reading:
    """The sum of the amounts at different places; one amount under one label counts once."""
    surest = [(place, value) for place, value in understood if place.rank[0] == 0] or understood[:1]
    kept: list[Understood] = []
    for place, value in surest:
        if not any(_is_same_amount(place, value, *other) for other in kept):
            kept.append((place, value))
    total = sum(cast(int, value.value) for _, value in kept)
    text = kept[0][1].text if len(kept) == 1 else format_micros(total)
    return Reading(
        name,
        total,
        text,
        kept[0][0].box,
        min(place.confidence for place, _ in kept),
        certain=all(place.rank[0] == 0 for place, _ in kept),
        places=[place.box for place, _ in kept],
    )


def _is_same_amount(one: Candidate, value: Value, other: Candidate, other_value: Value) -> bool:
    if one.box.page == other.box.page and abs(one.box.top - other.box.top) < 0.008:
        return True
    labels = one.label is not None and other.label is not None
    same_label = labels and one.label.priority == other.label.priority  # type: ignore[union-attr]
    return bool(same_label and value.value == other_value.value)


def _read_top(extraction: Extraction, spec: FieldSpec, book: LabelBook) -> Iterator[Candidate]:
    for line in islice(_list_lines(extraction), spec.top_lines):
        if book.match(line.text.partition(":")[0]):
            return
        words = sum(char.isalpha() for char in line.text) >= 3
        if words and not (spec.top_skip and re.search(spec.top_skip, line.text, re.IGNORECASE)):
            yield Candidate(line.text, line.box, line.confidence, Source.TOP)


def _find_currency(lines: Sequence[Line]) -> Reading:
    """The currency that stands beside most amounts."""
    counts: Counter[str] = Counter()
    first: dict[str, Line] = {}
    for line in lines:
        for amount in find_amounts(line.text):
            code = resolve_currency(amount.currency or "")
            if code:
                counts[code] += 1
                first.setdefault(code, line)
    if not counts:
        return Reading("currency")
    code = counts.most_common(1)[0][0]
    line = first[code]
    return Reading("currency", code, code, line.box, line.confidence)


def _list_lines(extraction: Extraction) -> Iterator[Line]:
    return (line for page in extraction.pages for line in page.lines)
