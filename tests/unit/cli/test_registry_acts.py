from datetime import timedelta

import pytest

from cli.registry import acts
from cli.registry.promotion import trace_way
from lambdas.shared import audit
from lambdas.shared.audit import AuditRecord
from tests.samples import NOON
from tests.tables import Tables

ROBIN = "arn:aws:sts::123456789012:assumed-role/engineer/robin"


def promote(tables: Tables, digest: str, seconds: int, state: str = acts.PROMOTE) -> AuditRecord:
    at = NOON + timedelta(seconds=seconds, microseconds=123456)
    act = acts.begin_act(ROBIN, at=at, reason="why not")
    return acts.record(tables.audit, "workspace-dev", state, act, {"package": digest})


def test_the_same_act_is_one_record_and_the_next_one_another(tables: Tables) -> None:
    first = promote(tables, "a", 0)
    again = promote(tables, "a", 0)
    later = promote(tables, "a", 1)

    assert again == first
    assert (first.sequence, later.sequence) == (1, 2)
    assert audit.find_faults(audit.read_trail(tables.audit, "workspace-dev")) == []


@pytest.mark.parametrize(
    ("arn", "person"),
    [
        (ROBIN, "robin"),
        ("arn:aws:sts::123456789012:assumed-role/approver/robin", "robin"),
        ("arn:aws:iam::123456789012:user/staff/kim", "kim"),
        ("arn:aws:iam::123456789012:root", "arn:aws:iam::123456789012:root"),
    ],
)
def test_a_person_is_the_same_in_every_role(arn: str, person: str) -> None:
    assert acts.name_person(arn) == person


@pytest.mark.parametrize(
    ("history", "way"),
    [
        ("+a", "a"),
        ("+a +a", "a"),
        ("+a +b +c", "abc"),
        ("+a +b -a", "a"),
        ("+a +b -a +c", "ac"),
        ("+a +b +a", "aba"),
        ("+a +b +a -b", "ab"),
        ("+a +b +a -b -a", "a"),
        ("-a +b", "ab"),
    ],
)
def test_promotions_go_on_and_rollbacks_go_back(tables: Tables, history: str, way: str) -> None:
    for seconds, step in enumerate(history.split()):
        state = acts.PROMOTE if step[0] == "+" else acts.ROLL_BACK
        promote(tables, step[1], seconds, state)

    records = audit.read_trail(tables.audit, "workspace-dev")
    assert trace_way(records) == list(way)
