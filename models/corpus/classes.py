"""The classes, and every way to make a document of each."""

from dataclasses import dataclass
from random import Random
from typing import Any

from models.corpus.bank_statement import BANK_STATEMENT
from models.corpus.content import Document
from models.corpus.contract import CONTRACT
from models.corpus.defects import Kind
from models.corpus.form import FORM
from models.corpus.genre import read_genres
from models.corpus.id_document import ID_DOCUMENT
from models.corpus.invoice import INVOICE
from models.corpus.receipt import RECEIPT
from models.corpus.resume import RESUME
from models.corpus.tax_form import TAX_FORM
from models.corpus.writing import write_document

KINDS: dict[str, Kind[Any]] = {
    kind.label: kind
    for kind in (
        INVOICE,
        RECEIPT,
        BANK_STATEMENT,
        TAX_FORM,
        ID_DOCUMENT,
        CONTRACT,
        FORM,
        RESUME,
    )
}
"""The kinds of document whose facts can be checked, by class."""

OTHER = "other"
OTHERS = 3
"""All papers besides are of it: it has about so many times the genres of another class, and as many
times the documents to train on."""
LABELS: tuple[str, ...] = (*KINDS, OTHER)
FACTUAL_SHARE = 0.25
"""Of the documents of a class that has both, how many are of the factual kind."""


@dataclass(frozen=True, slots=True)
class Made:
    """A document with its class and the name of the kind or genre that it is of."""

    label: str
    source: str
    document: Document


def make_document(label: str, random: Random) -> Made:
    """A document of that class: of its factual kind or of one of its genres."""
    genres = read_genres(label)
    if not genres or (label in KINDS and random.random() < FACTUAL_SHARE):
        kind = KINDS[label]
        return Made(label, kind.name, kind.make(random))
    genre = random.choices(genres, [genre.weight for genre in genres])[0]
    return Made(label, genre.name, write_document(genre, random))
