"""The evaluation: a document's fields under its class's rules, a finding a rule that applies."""

from collections.abc import Iterable, Mapping
from datetime import date

from lambdas.shared.contracts import Evidence, Finding
from lambdas.shared.extraction import Extraction
from lambdas.validate.fields.fields import read_fields
from lambdas.validate.fields.readings import Reading, locate
from lambdas.validate.fields.tables import RowReading
from lambdas.validate.fields.values import CelValue
from lambdas.validate.notations.money import format_micros
from lambdas.validate.rules.expressions import make_context
from lambdas.validate.rules.functions import show_last_four
from lambdas.validate.rules.rule import CompiledRule
from lambdas.validate.rules.ruleset import RuleSet

_LONGEST_VALUE = 80
_MOST_ROWS = 5


def evaluate(rule_set: RuleSet, extraction: Extraction, *, received: date) -> tuple[Finding, ...]:
    """The findings on one document; `received` is the only date the rules know."""
    readings = read_fields(extraction, rule_set.fields, received=received)
    return judge(rule_set, readings, received=received)


def judge(
    rule_set: RuleSet, readings: Mapping[str, Reading], *, received: date
) -> tuple[Finding, ...]:
    """The findings on fields that have been read; rules that do not apply have none."""
    findings = (_judge_rule(rule_set, rule, readings, received) for rule in rule_set.rules)
    return tuple(finding for finding in findings if finding is not None)


def _judge_rule(
    rule_set: RuleSet, compiled: CompiledRule, all_readings: Mapping[str, Reading], received: date
) -> Finding | None:
    rule = compiled.rule
    readings = {name: all_readings[name] for name in rule.reads}
    variables: dict[str, CelValue] = {
        "received": received.isoformat(),
        "given": {name: reading.given for name, reading in readings.items()},
        **{name: reading.value for name, reading in readings.items()},
    }
    context = make_context(variables)
    if not compiled.when.decide(context):
        return None
    held = compiled.holds.decide(context)
    failed_rows = _find_failed_rows(compiled, readings, variables)
    owner = rule.owner or rule_set.owner
    presence = rule.when == "true"  # what is missing is evidence, too
    evidence = [reading.evidence for reading in readings.values() if presence or reading.given]
    if held and not failed_rows:
        return Finding(
            rule=rule.id,
            severity=rule.severity,
            passed=True,
            message=rule.title,
            owner=owner,
            evidence=tuple(evidence),
        )
    shown = {name: expression.compute(context) for name, expression in compiled.show.items()}
    messages = [] if held else [_write_message(rule_set, compiled, readings, shown)]
    if rule.each:
        messages += [_write_row(rule.each.message, *row) for row in failed_rows[:_MOST_ROWS]]
        evidence += _list_evidence(rule.each.field, failed_rows[:_MOST_ROWS])
    severity = rule.severity
    certain = _is_certain(readings.values(), rule_set.certain_from)
    if severity == "reject" and not (certain and compiled.certain.decide(context)):
        severity = "hold"
        messages.append("It was read with too little certainty to reject the document.")
    return Finding(
        rule=rule.id,
        severity=severity,
        passed=False,
        message=" ".join(messages),
        owner=owner,
        evidence=tuple(evidence),
    )


_Row = tuple[int, RowReading]


def _find_failed_rows(
    compiled: CompiledRule, readings: Mapping[str, Reading], variables: Mapping[str, CelValue]
) -> list[_Row]:
    each = compiled.rule.each
    if each is None or compiled.each_when is None or compiled.each_holds is None:
        return []
    failed = []
    for index, row in enumerate(readings[each.field].rows, start=1):
        context = make_context({**variables, "row": dict(row.values)})
        if compiled.each_when.decide(context) and not compiled.each_holds.decide(context):
            failed.append((index, row))
    return failed


def _is_certain(readings: Iterable[Reading], certain_from: float) -> bool:
    """Whether everything that stands for the fields was read surely and in one way."""
    return all(
        reading.certain and reading.confidence >= certain_from
        for reading in readings
        if reading.given
    )


def _write_message(
    rule_set: RuleSet,
    compiled: CompiledRule,
    readings: Mapping[str, Reading],
    shown: Mapping[str, CelValue],
) -> str:
    rule = compiled.rule
    if rule.missing and not any(reading.given for reading in readings.values()):
        return rule.missing
    values = {
        name: show_last_four(reading.text)
        if reading.text and rule_set.fields[name].private
        else _shorten(reading.text)
        for name, reading in readings.items()
    }
    values |= {name: _format(value) for name, value in shown.items()}
    return rule.message.format_map(values)


def _write_row(template: str, index: int, row: RowReading) -> str:
    texts = {name: _shorten(row.texts.get(name)) for name in row.values}
    return template.format_map({**texts, "index": str(index)})


def _list_evidence(field: str, rows: Iterable[_Row]) -> list[Evidence]:
    return [
        locate(f"{field}[{index}]", _shorten("  ".join(row.texts.values())), row.box)
        for index, row in rows
    ]


def _shorten(text: str | None) -> str:
    if text is None:
        return "(missing)"
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_VALUE else f"{line[: _LONGEST_VALUE - 1]}…"


def _format(value: CelValue) -> str:
    """A computed value: integers are money."""
    if isinstance(value, bool) or not isinstance(value, int):
        return str(value)
    return format_micros(value)
