"""What a finding says: verdict, message, evidence; and when a reject becomes a hold."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lambdas.shared.extraction import Page
from lambdas.validate.rules.evaluation import evaluate
from lambdas.validate.rules.ruleset import RuleSet, list_classes, load_rule_set
from tests.unit.validate.documents import RECEIVED, judge, make_extraction, make_page

RULES = """
document_class = "tiny"
owner = "tests"
certain_from = 90

[fields.total]
kind = "money"
labels = ["total"]

[fields.lines]
kind = "rows"
needed = ["amount"]
[fields.lines.columns.item]
kind = "text"
headers = ["item"]
[fields.lines.columns.amount]
kind = "money"
headers = ["amount"]

[[rules]]
id = "tiny.total_small"
severity = "reject"
title = "The total is small."
reads = ["total"]
when = "true"
holds = "total != null && total < money('100')"
message = "{total} is {excess} too much."
missing = "There is no total."
show.excess = "otherwise(total, 0) - money('100')"

[[rules]]
id = "tiny.lines_small"
severity = "warn"
title = "Each line is small."
reads = ["lines"]
message = "Never."
owner = "somebody else"
[rules.each]
field = "lines"
when = "row.amount != null"
holds = "row.amount < money('10')"
message = "Line {index}, {item}: {amount}."
"""


@pytest.fixture
def tiny(tmp_path: Path) -> RuleSet:
    (tmp_path / "tiny.toml").write_text(RULES)
    load_rule_set.cache_clear()
    return load_rule_set("tiny", tmp_path)


def findings_on(rule_set: RuleSet, *pages: Page) -> list[tuple[str, str, bool, str]]:
    found = evaluate(rule_set, make_extraction(*pages), received=RECEIVED)
    return [(one.rule, one.severity, one.passed, one.message) for one in found]


def test_a_kept_rule_says_what_holds(tiny: RuleSet) -> None:
    page = make_page(pairs={"Total": "99.00"})

    assert findings_on(tiny, page)[0] == ("tiny.total_small", "reject", True, "The total is small.")


def test_a_broken_rule_says_what_was_found_and_what_was_expected(tiny: RuleSet) -> None:
    page = make_page(pairs={"Total": "€ 123.50"})

    assert findings_on(tiny, page)[0][2:] == (False, "€ 123.50 is 23.50 too much.")


def test_what_is_missing_is_a_finding_with_evidence_of_nothing(tiny: RuleSet) -> None:
    (finding, *_) = evaluate(tiny, make_extraction(make_page()), received=RECEIVED)

    assert (finding.passed, finding.message) == (False, "There is no total.")
    (evidence,) = finding.evidence
    assert (evidence.field, evidence.value, evidence.page) == ("total", None, None)


def test_evidence_is_a_place_on_a_page(tiny: RuleSet) -> None:
    pages = make_page(), make_page(number=2, pairs={"Total": "123.50"})
    (finding, *_) = evaluate(tiny, make_extraction(*pages), received=RECEIVED)

    (evidence,) = finding.evidence
    box = pages[1].key_values[0].box
    assert (evidence.field, evidence.value, evidence.page) == ("total", "123.50", 2)
    assert (evidence.left, evidence.top) == (box.left, box.top)
    assert (evidence.width, evidence.height) == (box.width, box.height)


def test_each_failed_row_has_its_sentence_and_its_place(tiny: RuleSet) -> None:
    grid = [["Item", "Amount"], ["Pen", "2.00"], ["Desk", "80.00"], ["Lamp", "12.00"]]
    page = make_page(pairs={"Total": "94.00"}, tables=[grid])
    (_, finding) = evaluate(tiny, make_extraction(page), received=RECEIVED)

    assert finding.message == "Line 2, Desk: 80.00. Line 3, Lamp: 12.00."
    assert (finding.severity, finding.owner) == ("warn", "somebody else")
    assert [one.field for one in finding.evidence] == ["lines", "lines[2]", "lines[3]"]
    assert finding.evidence[1].value == "Desk 80.00"


def test_a_reject_needs_the_certainty_that_the_rule_set_asks_for(tiny: RuleSet) -> None:
    sure = make_page(pairs={"Total": "123.50"}, confidence=90)
    unsure = make_page(pairs={"Total": "123.50"}, confidence=89)

    assert findings_on(tiny, sure)[0][1] == "reject"
    (_, severity, passed, message), *_ = findings_on(tiny, unsure)
    assert (severity, passed) == ("hold", False)
    assert message.endswith("too little certainty to reject the document.")


def test_a_rule_that_does_not_apply_has_no_finding(tiny: RuleSet) -> None:
    lines_without_amount = make_page(tables=[[["Item", "Amount"]]])

    rules = [rule for rule, *_ in findings_on(tiny, lines_without_amount)]

    assert rules == ["tiny.total_small", "tiny.lines_small"]
    assert [one.rule for one in judge("invoice", make_page()) if "iban" in one.rule] == []


def test_the_same_document_has_the_same_findings() -> None:
    page = make_page(pairs={"Invoice no": "1", "Total": "5.00"}, lines=["Acme"])

    assert judge("invoice", page) == judge("invoice", page)


def test_the_day_of_receipt_is_the_only_today() -> None:
    page = make_page(pairs={"Date of expiry": "15 April 2032"})

    def expired(received: date) -> bool:
        findings = judge("id_document", page, received=received)
        return any(one.rule.endswith("not_expired") and not one.passed for one in findings)

    assert not expired(date(2032, 4, 15))
    assert expired(date(2032, 4, 16))


_texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=30)
_labels = st.sampled_from(
    ["Total", "Date", "IBAN", "Subtotal", "Tax", "Period", "From", "Name", "Signature:", "SSN", "*"]
)
_values = _texts | st.sampled_from(["-", "1.1.1", "31.02.2024", "99999999999999.99", "(1)", "[x]"])


@settings(deadline=None, max_examples=60)
@example(pairs=[("\n", "")], lines=[], grid=[])
@given(
    pairs=st.lists(st.tuples(_labels | _texts, _values), max_size=8),
    lines=st.lists(_texts, max_size=6),
    grid=st.lists(st.lists(_values, min_size=3, max_size=3), max_size=4),
)
def test_nothing_on_a_page_raises(
    pairs: list[tuple[str, str]], lines: list[str], grid: list[list[str]]
) -> None:
    header = ["Date", "Description", "Amount"]
    page = make_page(pairs=pairs, lines=lines, tables=[[header, *grid]])

    for document_class in list_classes():
        for finding in judge(document_class, page):
            assert finding.message


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "char", ["_", " ", ".", "-", "<", "(", "1", "1 ", "1,", "a", "a ", ":", "*", "/"]
)
def test_a_long_run_of_anything_takes_no_time(char: str) -> None:
    run = char * 1500
    page = make_page(pairs={"Total": run, run: "1"}, lines=[run, f"Total {run}", f"Date: {run}"])

    for document_class in list_classes():
        judge(document_class, page)
