import json

import pytest

from lambdas.shared import storage
from lambdas.shared.contracts import Findings, ObjectPointer
from lambdas.shared.errors import ObjectMissingError, RuleSetError
from lambdas.shared.extraction import Page
from lambdas.validate.rules.ruleset import load_rule_set
from tests.handlers.conftest import EXTRACTIONS, Handler, Pipeline, read_event
from tests.samples import make_document
from tests.unit.validate.documents import change, make_extraction, make_page
from tests.unit.validate.test_invoice import INVOICE, LINES

FINDINGS = ObjectPointer(bucket=EXTRACTIONS, key="doc-1/findings.json")


@pytest.fixture
def validate(pipeline: Pipeline) -> Handler:
    pipeline.register(make_document())
    return pipeline.load("validate")


def store_extraction(pipeline: Pipeline, *pages: Page) -> None:
    pointer = storage.extraction_pointer(EXTRACTIONS, "doc-1")
    storage.write_model(pipeline.s3, pointer, make_extraction(*pages))


def test_a_good_invoice_fails_no_rule(pipeline: Pipeline, validate: Handler) -> None:
    store_extraction(pipeline, make_page(pairs=INVOICE, tables=[LINES]))

    assert validate(read_event("validate")) == {
        "rule_set": "invoice",
        "rule_set_digest": load_rule_set("invoice").digest,
        "findings": {"bucket": EXTRACTIONS, "key": "doc-1/findings.json"},
        "rejected_by": [],
        "held_by": [],
        "warned_by": [],
        "evaluated": 11,
    }


def test_failed_rules_are_listed_by_severity_and_explained_in_s3(
    pipeline: Pipeline, validate: Handler
) -> None:
    facts = change(INVOICE, Total="219.00", Invoice_number=None)
    store_extraction(pipeline, make_page(pairs=facts, tables=[LINES]))

    answer = validate(read_event("validate"))

    assert answer["rejected_by"] == ["invoice.total_adds_up"]
    assert answer["held_by"] == ["invoice.number_present"]
    findings = storage.read_model(pipeline.s3, FINDINGS, Findings)
    (total,) = [one for one in findings.findings if one.rule == "invoice.total_adds_up"]
    assert total.message == ("Subtotal 100.00 and tax 19.00 make 119.00, but the total is 219.00.")
    assert {one.field: (one.value, one.page) for one in total.evidence} == {
        "subtotal": ("100.00", 1),
        "tax": ("19.00", 1),
        "total": ("219.00", 1),
    }


def test_the_trail_has_codes_and_digests_and_no_content(
    pipeline: Pipeline, validate: Handler
) -> None:
    facts = change(INVOICE, IBAN="DE89 3704 0044 0532 0130 01")
    store_extraction(pipeline, make_page(pairs=facts, tables=[LINES]))
    validate(read_event("validate"))

    (record,) = pipeline.read_trail()
    assert record.state == "Validate"
    assert json.loads(record.outcome) == {
        "rule_set": "invoice",
        "rule_set_digest": load_rule_set("invoice").digest,
        "rejected_by": ["invoice.iban_valid"],
        "held_by": [],
        "warned_by": [],
        "evaluated": 11,
    }


def test_validating_twice_changes_nothing(pipeline: Pipeline, validate: Handler) -> None:
    store_extraction(pipeline, make_page(pairs=INVOICE, tables=[LINES]))
    first = validate(read_event("validate"))
    before = pipeline.snapshot()
    event = read_event("validate")
    event["transition"]["attempt"] = 1

    assert validate(event) == first
    assert pipeline.snapshot() == before


def test_an_empty_document_fails_rules_and_raises_nothing(
    pipeline: Pipeline, validate: Handler
) -> None:
    store_extraction(pipeline)

    answer = validate(read_event("validate"))

    assert answer["rejected_by"] == []
    assert "invoice.total_present" in answer["held_by"]


def test_a_document_of_no_known_class_has_no_rules(pipeline: Pipeline, validate: Handler) -> None:
    store_extraction(pipeline, make_page(lines=["Dear Sir or Madam"]))
    event = read_event("validate")
    event["classification"]["label"] = "other"

    answer = validate(event)

    assert (answer["rule_set"], answer["evaluated"]) == ("other", 0)


def test_a_class_without_a_rule_set_is_a_fault_of_the_configuration(
    pipeline: Pipeline, validate: Handler
) -> None:
    store_extraction(pipeline)
    event = read_event("validate")
    event["classification"]["label"] = "parking_ticket"

    with pytest.raises(RuleSetError, match=r"parking_ticket\.toml"):
        validate(event)
    assert pipeline.read_trail() == []


@pytest.mark.usefixtures("pipeline")
def test_a_missing_extraction_is_named(validate: Handler) -> None:
    with pytest.raises(ObjectMissingError, match=r"doc-1/extraction\.json\.gz"):
        validate(read_event("validate"))


def test_the_logs_name_rules_and_never_what_a_document_says(
    pipeline: Pipeline, capsys: pytest.CaptureFixture[str]
) -> None:
    # A logger writes where its first user's output went, so this test has one of its own.
    validate = pipeline.load("validate", POWERTOOLS_SERVICE_NAME="validate-logged")
    facts = change(INVOICE, Total="219.00", Seller="Nordwind GmbH")
    store_extraction(pipeline, make_page(pairs=facts, tables=[LINES]))
    validate(read_event("validate"))

    logged = capsys.readouterr().out
    assert "invoice.total_adds_up" in logged
    assert '"document_id":"doc-1"' in logged
    assert "219.00" not in logged
    assert "Nordwind" not in logged
