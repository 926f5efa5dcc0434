from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import boto3
import pytest

from lambdas.shared import audit
from lambdas.shared.audit import AuditRecord
from lambdas.shared.errors import RecordContendedError
from tests.samples import NOON, make_transition
from tests.tables import Tables

STATES = ("Register", "ReserveExtractionSlot", "ExtractText", "Classify")


def append(tables: Tables, state: str, **changes: Any) -> AuditRecord:
    return audit.append(
        tables.audit,
        document_id="doc-1",
        transition=make_transition(state, **changes),
        outcome={"seen": state, "codes": ["é", "b"], "share": 0.5},
    )


@pytest.fixture
def trail(tables: Tables) -> list[AuditRecord]:
    for state in STATES:
        append(tables, state)
    return audit.read_trail(tables.audit, "doc-1")


def test_records_are_numbered_and_chained(trail: list[AuditRecord]) -> None:
    assert [record.state for record in trail] == list(STATES)
    assert [record.sequence for record in trail] == [1, 2, 3, 4]
    assert trail[0].previous_hash == audit.GENESIS
    assert [record.previous_hash for record in trail[1:]] == [record.hash for record in trail[:-1]]
    assert audit.find_faults(trail) == []


def test_a_state_that_runs_twice_is_recorded_once(tables: Tables) -> None:
    first = append(tables, "Classify")
    again = append(tables, "Classify", attempt=1, entered_at=NOON + timedelta(seconds=5))

    assert again == first
    assert len(audit.read_trail(tables.audit, "doc-1")) == 1


def test_another_execution_of_the_same_state_is_another_record(tables: Tables) -> None:
    append(tables, "Classify")
    append(tables, "Classify", execution_id="another")

    assert len(audit.read_trail(tables.audit, "doc-1")) == 2


def test_what_is_read_is_what_was_written(tables: Tables) -> None:
    written = append(tables, "Classify", entered_at=NOON + timedelta(microseconds=123456))

    assert audit.read_trail(tables.audit, "doc-1") == [written]
    assert written.at == NOON + timedelta(milliseconds=123)
    assert audit.find_faults([written]) == []


def test_writers_at_the_same_time_make_one_chain(tables: Tables) -> None:
    resources = [boto3.resource("dynamodb").Table(tables.audit.name) for _ in range(4)]

    def write(number: int) -> None:
        audit.append(
            resources[number],
            document_id="doc-1",
            transition=make_transition(f"State{number}"),
            outcome={},
        )

    with ThreadPoolExecutor(4) as writers:
        list(writers.map(write, range(4)))

    trail = audit.read_trail(tables.audit, "doc-1")
    assert {record.state for record in trail} == {f"State{number}" for number in range(4)}
    assert audit.find_faults(trail) == []


def test_a_writer_that_never_finds_a_free_number_says_so(
    tables: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A trail that reads as empty for ever: each attempt finds its number taken."""
    append(tables, "Register")
    monkeypatch.setattr(audit, "read_trail", lambda *_: [])

    with pytest.raises(RecordContendedError, match="doc-1: Classify"):
        append(tables, "Classify")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("document_id", "doc-2"),
        ("state", "Validate"),
        ("attempt", 1),
        ("actor", "somebody"),
        ("at", NOON + timedelta(milliseconds=1)),
        ("outcome", '{"route":"pass"}'),
        ("previous_hash", "0" * 63 + "1"),
        ("hash", "0" * 64),
    ],
)
def test_any_changed_field_is_found_and_its_record_named(
    trail: list[AuditRecord], field: str, value: object
) -> None:
    changed = trail[1].model_copy(update={field: value})

    faults = audit.find_faults([trail[0], changed, *trail[2:]])

    assert faults[0].startswith(f"record 2 ({changed.state}) of {changed.document_id}: its content")


def test_a_record_whose_hash_was_made_to_fit_breaks_the_chain(trail: list[AuditRecord]) -> None:
    forged = trail[1].model_copy(update={"outcome": "{}"})
    forged = forged.model_copy(update={"hash": forged.computed_hash()})

    faults = audit.find_faults([trail[0], forged, *trail[2:]])

    assert faults == ["record 3 (ExtractText) of doc-1: it does not follow the record before it"]


@pytest.mark.parametrize("missing", [0, 1, 2])
def test_a_removed_record_is_found(trail: list[AuditRecord], missing: int) -> None:
    left = trail[:missing] + trail[missing + 1 :]

    faults = audit.find_faults(left)

    after = trail[missing + 1]
    assert f"record {after.sequence} ({after.state})" in faults[0]
    assert "missing before it" in faults[0]


def test_records_that_were_swapped_are_found(trail: list[AuditRecord]) -> None:
    assert audit.find_faults([trail[0], trail[2], trail[1], trail[3]])


def test_one_byte_changed_in_the_table_is_found(tables: Tables, trail: list[AuditRecord]) -> None:
    changed = trail[2].outcome.replace("ExtractText", "ExtractTexT")
    tables.audit.update_item(
        Key={"document_id": "doc-1", "sequence": 3},
        UpdateExpression="SET outcome = :changed",
        ExpressionAttributeValues={":changed": changed},
    )

    faults = audit.find_faults(audit.read_trail(tables.audit, "doc-1"))

    assert len(faults) == 1
    assert "record 3 (ExtractText)" in faults[0]
