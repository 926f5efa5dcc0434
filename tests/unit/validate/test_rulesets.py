"""The rule sets that ship, and what is wrong with those that do not load."""

from pathlib import Path
from typing import get_args

import pytest

from lambdas.shared.errors import RuleSetError
from lambdas.validate.fields.mapping import ListKind, ValueKind
from lambdas.validate.rules.functions import FUNCTIONS
from lambdas.validate.rules.ruleset import DIRECTORY, list_classes, load_rule_set

CATALOGUE = {
    "invoice": {
        "number_present": "hold",
        "parties_present": "hold",
        "date_valid": "hold",
        "date_not_future": "reject",
        "due_not_before_date": "hold",
        "total_present": "hold",
        "total_adds_up": "reject",
        "lines_add_up": "hold",
        "iban_valid": "reject",
        "tax_id_valid": "hold",
        "currency_known": "hold",
    },
    "receipt": {
        "merchant_present": "hold",
        "date_valid": "hold",
        "date_not_future": "reject",
        "total_present": "hold",
        "items_add_up": "hold",
        "total_adds_up": "reject",
        "change_adds_up": "hold",
        "currency_known": "warn",
    },
    "bank_statement": {
        "holder_present": "hold",
        "iban_valid": "reject",
        "period_valid": "hold",
        "period_not_future": "reject",
        "balances_add_up": "reject",
        "running_balance_consistent": "hold",
        "transactions_in_period": "hold",
        "currency_known": "hold",
    },
    "tax_form": {
        "year_valid": "hold",
        "ein_valid": "hold",
        "ssn_valid": "reject",
        "parties_present": "hold",
        "wages_present": "hold",
        "withholding_below_wages": "reject",
        "social_security_tax_adds_up": "hold",
        "medicare_tax_adds_up": "hold",
    },
    "id_document": {
        "number_present": "hold",
        "name_present": "hold",
        "birth_date_valid": "hold",
        "not_expired": "reject",
        "expiry_after_issue": "hold",
        "mrz_checksums_valid": "reject",
        "mrz_matches": "hold",
    },
    "contract": {
        "parties_present": "hold",
        "effective_date_valid": "hold",
        "signatures_present": "hold",
        "signed_dates_valid": "hold",
        "term_valid": "hold",
        "governing_law_present": "hold",
        "not_expired": "warn",
    },
    "form": {
        "applicant_present": "hold",
        "date_valid": "hold",
        "date_not_future": "reject",
        "signature_present": "hold",
        "required_fields_filled": "hold",
        "contact_valid": "hold",
        "consent_given": "hold",
    },
    "resume": {
        "name_present": "hold",
        "contact_present": "hold",
        "email_valid": "hold",
        "dates_in_order": "hold",
        "dates_not_future": "hold",
        "sections_present": "hold",
        "timeline_plausible": "warn",
    },
    "other": {},
}
FIELDS = """
document_class = "tiny"
owner = "tests"

[fields.total]
kind = "money"
labels = ["total"]

[fields.lines]
kind = "rows"
[fields.lines.columns.amount]
kind = "money"
"""
RULE = """
[[rules]]
id = "tiny.total_present"
severity = "hold"
title = "There is a total."
reads = ["total"]
message = "No total."
"""


def write(folder: Path, *parts: str) -> Path:
    (folder / "tiny.toml").write_text("\n".join(parts))
    return folder


def test_every_class_has_its_rules_under_fixed_ids() -> None:
    shipped = {
        name: {
            rule.rule.id.removeprefix(f"{name}."): rule.rule.severity
            for rule in load_rule_set(name).rules
        }
        for name in list_classes()
    }

    assert shipped == CATALOGUE


@pytest.mark.parametrize("name", sorted(CATALOGUE))
def test_every_rule_says_what_a_person_needs(name: str) -> None:
    rule_set = load_rule_set(name)

    assert rule_set.owner
    for compiled in rule_set.rules:
        rule = compiled.rule
        for sentence in (rule.title, rule.message, rule.missing or "Missing."):
            assert not sentence[0].islower(), rule.id
            assert sentence.endswith("."), rule.id


def test_every_field_is_read_by_a_rule_or_ends_the_rows_of_another() -> None:
    for name in list_classes():
        rule_set = load_rule_set(name)
        used = {field for compiled in rule_set.rules for field in compiled.rule.reads}
        used |= {end for spec in rule_set.fields.values() for end in spec.until}

        assert set(rule_set.fields) <= used, name


def test_the_digest_is_of_what_the_file_says(tmp_path: Path) -> None:
    def digest(*parts: str) -> str:
        load_rule_set.cache_clear()
        return load_rule_set("tiny", write(tmp_path, *parts)).digest

    plain = digest(FIELDS, RULE)

    assert plain.startswith("sha256:")
    assert digest("# a comment", FIELDS.replace("= ", "=   "), RULE) == plain
    assert digest(FIELDS, RULE.replace("hold", "warn")) != plain
    assert digest(FIELDS.replace('["total"]', '["sum"]'), RULE) != plain


@pytest.mark.parametrize(
    ("rule", "complaint"),
    [
        (RULE.replace('["total"]', '["totl"]'), "reads unknown fields: totl"),
        (RULE + 'holds = "total >"', "total_present.*Syntax error"),
        (RULE + 'holds = "total > subtotal"', "does not know subtotal"),
        (RULE + 'holds = "totally(total)"', "does not know totally"),
        (RULE + 'holds = "total"', "no verdict"),
        (RULE + "holds = \"total > '1'\"", "total > '1'"),
        (RULE + 'when = "true"\nholds = "total > 1"', "total > 1"),
        (RULE + 'holds = "iban_valid(total)"', "iban_valid"),
        (RULE.replace("No total", "No {sum}"), "its message names sum"),
        (RULE.replace("hold", "explode"), "severity"),
        (RULE.replace("tiny.", "huge."), "huge.total_present: is not of this class"),
        (RULE + RULE, "total_present: is there twice"),
        (RULE + 'color = "red"', "color"),
        (RULE + 'each = {field = "total", holds = "true", message = "No."}', "rows of total"),
        (
            RULE.replace('["total"]', '["lines"]')
            + 'each = {field = "lines", holds = "row.amount > 1", message = "No."}',
            "row.amount > 1",
        ),
        (
            RULE.replace('["total"]', '["lines"]')
            + 'each = {field = "lines", holds = "true", message = "No {price}."}',
            "no price",
        ),
        ("[fields.total.columns.x]\nkind = 'text'", "columns"),
        ("[fields.due]\nkind = 'date'\npatterns = ['(']", "not a regular expression"),
        ("[fields.due]\nkind = 'date'\ntake = 'sum'", "only money"),
        ("[fields.due]\nkind = 'between'", "bounds"),
        ("no toml", "Expected '='"),
    ],
)
def test_a_faulty_rule_set_names_file_and_fault(tmp_path: Path, rule: str, complaint: str) -> None:
    load_rule_set.cache_clear()

    with pytest.raises(RuleSetError, match=rf"(?s)tiny\.toml.*{complaint}"):
        load_rule_set("tiny", write(tmp_path, FIELDS, rule))


def test_a_file_is_about_the_class_it_is_named_after(tmp_path: Path) -> None:
    with pytest.raises(RuleSetError, match="holds the rules of small"):
        load_rule_set("tiny", write(tmp_path, FIELDS.replace("tiny", "small")))


def test_a_class_without_a_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(RuleSetError, match=r"huge\.toml: no such rule set"):
        load_rule_set("huge", tmp_path)


def test_every_function_and_kind_is_in_the_readme() -> None:
    readme = (DIRECTORY / "README.md").read_text()
    kinds = {*get_args(ValueKind), *get_args(ListKind)}

    assert [name for name in sorted({*FUNCTIONS, *kinds}) if f"`{name}`" not in readme] == []


def test_rule_sets_lie_beside_the_code_that_ships() -> None:
    assert DIRECTORY.parent.name == "validate"
