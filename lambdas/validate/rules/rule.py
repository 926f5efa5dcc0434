"""One rule: as it is written down, and compiled."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import Field

from lambdas.shared.contracts import Severity
from lambdas.shared.errors import RuleSetError
from lambdas.shared.model import Frozen
from lambdas.validate.fields.mapping import FieldSpec
from lambdas.validate.rules.expressions import Expression

SURROUNDINGS = {"given", "received"}
"""What every expression sees beside fields: which are given, and the day of receipt."""

_NAMES = re.compile(r"\{(\w+)\}")


class EachRow(Frozen):
    """What must hold for every row of a field; expressions call it `row`."""

    field: str
    when: str = "true"
    holds: str
    message: str = Field(description="may name the row's columns and its number: `{index}`")


class Rule(Frozen):
    """One rule as it is written down."""

    id: str = Field(pattern=r"^[a-z_]+\.[a-z_]+$")
    severity: Severity
    title: str = Field(description="what holds where the rule is kept")
    reads: tuple[str, ...] = Field(min_length=1)
    when: str | None = Field(
        default=None, description="default: every field that it reads has a value"
    )
    holds: str = "true"
    each: EachRow | None = None
    message: str = Field(description="may name fields and what `show` computes: `{total}`")
    missing: str | None = Field(
        default=None, description="the message where nothing that it reads is given"
    )
    show: Mapping[str, str] = {}
    certain: str = Field(
        default="true", description="where it is false, a failure is a hold, never a reject"
    )
    owner: str | None = Field(default=None, description="default: the rule set's owner")


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule and its expressions."""

    rule: Rule
    when: Expression
    holds: Expression
    each_when: Expression | None
    each_holds: Expression | None
    show: Mapping[str, Expression]
    certain: Expression

    @property
    def reads_given(self) -> bool:
        """Whether it tells a field that was not understood from one that is missing."""
        return any("given." in one.source for one in (self.when, self.holds, self.certain))


def compile_rule(rule: Rule, fields: Mapping[str, FieldSpec], *, source: str) -> CompiledRule:
    """Checks a rule's names against the fields and compiles it; raises RuleSetError."""
    where = f"{source}: {rule.id}"
    _check_fields(rule, fields, where)

    def compile_expression(text: str, *more: str) -> Expression:
        expression = Expression(text, where=where)
        expression.check_names({*rule.reads, *SURROUNDINGS, *more})
        return expression

    each = rule.each
    default_when = " && ".join(f"{name} != null" for name in rule.reads)
    return CompiledRule(
        rule=rule,
        when=compile_expression(rule.when or default_when),
        holds=compile_expression(rule.holds),
        each_when=compile_expression(each.when, "row") if each else None,
        each_holds=compile_expression(each.holds, "row") if each else None,
        certain=compile_expression(rule.certain),
        show={name: compile_expression(text) for name, text in rule.show.items()},
    )


def _check_fields(rule: Rule, fields: Mapping[str, FieldSpec], where: str) -> None:
    if unknown := set(rule.reads) - set(fields):
        raise RuleSetError(f"{where}: reads unknown fields: {', '.join(sorted(unknown))}")
    named = set(_NAMES.findall(rule.message + (rule.missing or "")))
    if unknown := named - {*rule.reads, *rule.show}:
        raise RuleSetError(f"{where}: its message names {', '.join(sorted(unknown))}")
    if rule.each is None:
        return
    if rule.each.field not in rule.reads or fields[rule.each.field].kind != "rows":
        raise RuleSetError(f"{where}: it does not read rows of {rule.each.field}")
    columns = {*fields[rule.each.field].columns, "index"}
    if unknown := set(_NAMES.findall(rule.each.message)) - columns:
        raise RuleSetError(f"{where}: its rows have no {', '.join(sorted(unknown))}")
