"""What can be wrong with an identity document."""

from dataclasses import replace

from models.corpus.days import Day
from models.corpus.defects import Defect
from models.corpus.id_document.facts import Identity, write_mrz
from models.corpus.identifiers import flip_digit


def _with_mrz(identity: Identity) -> Identity:
    return replace(identity, mrz=write_mrz(identity))


def _has_mrz(identity: Identity) -> bool:
    return bool(identity.mrz)


def _break_check_digit(identity: Identity) -> Identity:
    """The number's check digit stands at place 10 of a TD2's or TD3's second line."""
    first, second = identity.mrz
    return replace(identity, mrz=(first, second[:9] + flip_digit(second[9]) + second[10:]))


DEFECTS: tuple[Defect[Identity], ...] = (
    Defect(
        "expired",
        "reject",
        ("id_document.not_expired",),
        "the document expired in 2019",
        lambda identity: _with_mrz(
            replace(
                identity,
                issued=replace(identity.issued, year=2009, day=min(identity.issued.day, 28)),
                expires=replace(identity.expires, year=2019),
            )
        ),
    ),
    Defect(
        "mrz_check_digit_wrong",
        "reject",
        ("id_document.mrz_checksums_valid",),
        "a check digit of the machine-readable zone is wrong",
        _break_check_digit,
        applies=lambda identity: len(identity.mrz) == 2,
    ),
    Defect(
        "mrz_number_differs",
        "hold",
        ("id_document.mrz_matches",),
        "the machine-readable zone is consistent, but has another document number",
        lambda identity: replace(identity, number=flip_digit(identity.number, position=2)),
        applies=_has_mrz,
    ),
    Defect(
        "expires_before_issue",
        "hold",
        ("id_document.expiry_after_issue",),
        "the document was issued after its expiry",
        lambda identity: replace(identity, issued=identity.expires.plus(30)),
    ),
    Defect(
        "born_in_2099",
        "hold",
        ("id_document.birth_date_valid",),
        "the holder is born in 2099",
        lambda identity: replace(identity, born=Day(2099, 5, 6)),
        applies=lambda identity: not identity.mrz,
    ),
)
