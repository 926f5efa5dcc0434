"""Identity documents: facts, layouts, defects."""

from models.corpus.defects import Kind
from models.corpus.id_document.defects import DEFECTS
from models.corpus.id_document.facts import Identity, draw_identity
from models.corpus.id_document.layouts import compose_identity

ID_DOCUMENT: Kind[Identity] = Kind(
    "id_document", "identity", draw_identity, compose_identity, DEFECTS
)

__all__ = ["ID_DOCUMENT", "Identity", "compose_identity", "draw_identity"]
