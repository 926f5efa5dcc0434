"""What can be wrong with an account statement."""

from dataclasses import replace

from models.corpus.bank_statement.facts import Statement
from models.corpus.days import Day
from models.corpus.defects import Defect
from models.corpus.identifiers import flip_digit


def _misprint_balance(statement: Statement) -> Statement:
    middle = len(statement.movements) // 2
    movements = list(statement.movements)
    movements[middle] = replace(movements[middle], balance=movements[middle].balance + 50)
    return replace(statement, movements=tuple(movements))


def _move_to_2099(statement: Statement) -> Statement:
    def moved(day: Day) -> Day:
        return replace(day, year=2099)

    movements = tuple(replace(one, date=moved(one.date)) for one in statement.movements)
    return replace(
        statement, start=moved(statement.start), end=moved(statement.end), movements=movements
    )


def _misdate_last(statement: Statement) -> Statement:
    *others, last = statement.movements
    late = replace(last, date=statement.end.plus(40))
    return replace(statement, movements=(*others, late))


DEFECTS: tuple[Defect[Statement], ...] = (
    Defect(
        "closing_off_by_100",
        "reject",
        ("bank_statement.balances_add_up",),
        "the closing balance is 100.00 more than opening balance and movements",
        lambda statement: replace(statement, closing=statement.closing + 100),
    ),
    Defect(
        "iban_digit_flipped",
        "reject",
        ("bank_statement.iban_valid",),
        "one digit of the IBAN is wrong, so its checksum fails",
        lambda statement: replace(statement, iban=flip_digit(statement.iban or "0")),
        applies=lambda statement: statement.iban is not None,
    ),
    Defect(
        "period_in_2099",
        "reject",
        ("bank_statement.period_not_future",),
        "the statement is about a month in 2099",
        _move_to_2099,
        applies=lambda statement: statement.start.month != 2,
    ),
    Defect(
        "running_balance_wrong",
        "hold",
        ("bank_statement.running_balance_consistent",),
        "one balance in the middle is 50.00 too high",
        _misprint_balance,
    ),
    Defect(
        "movement_outside_period",
        "hold",
        ("bank_statement.transactions_in_period",),
        "the last movement is dated after the period's end",
        _misdate_last,
    ),
    Defect(
        "holder_missing",
        "hold",
        ("bank_statement.holder_present",),
        "the statement names no account holder",
        lambda statement: replace(statement, holder=None),
    ),
)
