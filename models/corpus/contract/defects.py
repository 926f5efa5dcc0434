"""What can be wrong with a contract."""

from dataclasses import replace

from models.corpus.contract.facts import Contract
from models.corpus.defects import Defect


def _unsign(contract: Contract) -> Contract:
    first, second = contract.parties
    return replace(contract, parties=(first, replace(second, signs=False)))


DEFECTS: tuple[Defect[Contract], ...] = (
    Defect(
        "signature_missing",
        "hold",
        ("contract.signatures_present",),
        "the second party has not signed",
        _unsign,
    ),
    Defect(
        "ends_before_it_begins",
        "hold",
        ("contract.term_valid",),
        "the term ends before the effective date",
        lambda contract: replace(contract, until=contract.effective.plus(-90)),
    ),
    Defect(
        "law_missing",
        "hold",
        ("contract.governing_law_present",),
        "the contract does not say which law governs it",
        lambda contract: replace(contract, law=None),
    ),
    Defect(
        "effective_31_february",
        "hold",
        ("contract.effective_date_valid",),
        "the contract takes effect on 31 February",
        lambda contract: replace(contract, effective=replace(contract.effective, month=2, day=31)),
    ),
)
