"""A trial of each rule on made-up fields, so that its faults show when it is loaded."""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import get_args

from lambdas.validate.fields.mapping import FieldSpec, ListKind
from lambdas.validate.fields.values import CelValue
from lambdas.validate.rules.expressions import make_context
from lambdas.validate.rules.rule import CompiledRule

_SAMPLES: Mapping[str, CelValue] = {
    "text": "Example",
    "code": "A-1",
    "date": "2024-01-31",
    "money": 1_000_000,
    "number": 2_000_000,
    "integer": 2024,
    "year": 2024,
    "currency": "EUR",
    "iban": "DE89370400440532013000",
    "vat_number": "DE136695976",
    "person_number": "123456789",
    "employer_number": "123456789",
    "email": "someone@example.com",
    "phone": "+49 30 123456",
    "texts": ["Example", "Another"],
    "dates": ["2024-01-31", None],
    "periods": [{"start": "2019-03", "end": "2021"}, {"start": "2022", "end": None}],
    "signatures": [{"label": "Signature", "text": "Example"}],
    "boxes": [{"label": "I agree", "text": "x"}, {"label": "I agree", "text": ""}],
    "starred": [{"label": "Name", "text": "Example"}, {"label": "City", "text": ""}],
    "between": [{"text": "Fee 1.00", "amount": 1_000_000}],
    "zone": {"number": "A1", "birth": "1990-01-31", "expiry": None, "faults": ["number"]},
}


def try_rule(compiled: CompiledRule, fields: Mapping[str, FieldSpec]) -> None:
    """Runs a rule on every mixture of read, unread and missing fields; raises RuleSetError."""
    reads = compiled.rule.reads
    heedful = compiled.reads_given
    for states in product(*(_list_states(fields[name], heedful=heedful) for name in reads)):
        variables: dict[str, CelValue] = {"received": "2024-06-30"}
        variables["given"] = {name: given for name, (given, _) in zip(reads, states, strict=True)}
        variables |= {name: value for name, (_, value) in zip(reads, states, strict=True)}
        context = make_context(variables)
        if not compiled.when.decide(context):
            continue
        compiled.holds.decide(context)
        compiled.certain.decide(context)
        for expression in compiled.show.values():
            expression.compute(context)
        _try_rows(compiled, variables)


def _try_rows(compiled: CompiledRule, variables: Mapping[str, CelValue]) -> None:
    each = compiled.rule.each
    if each is None or compiled.each_when is None or compiled.each_holds is None:
        return
    rows = variables[each.field]
    for row in rows if isinstance(rows, list) else []:
        context = make_context({**variables, "row": row})
        if compiled.each_when.decide(context):
            compiled.each_holds.decide(context)


def _list_states(spec: FieldSpec, *, heedful: bool) -> Iterator[tuple[bool, CelValue]]:
    """Whether it is given, and its value: missing, understood; not understood if rules heed it."""
    if spec.kind == "rows":
        yield False, []
        yield True, list(_list_rows(spec))
    elif spec.kind in get_args(ListKind) and spec.kind != "zone":
        yield False, []
        yield True, _SAMPLES[spec.kind]
    else:
        yield False, None
        if heedful:
            yield True, None
        yield True, _SAMPLES[spec.kind]


def _list_rows(spec: FieldSpec) -> Iterator[CelValue]:
    full: dict[str, CelValue] = {name: _SAMPLES[c.kind] for name, c in spec.columns.items()}
    yield full
    for name in spec.columns:
        yield {**full, name: None}
    yield dict.fromkeys(full)
