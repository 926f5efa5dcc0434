"""What ReserveExtractionSlot sends."""

from lambdas.shared.contracts import Document, Transition
from lambdas.shared.model import Frozen


class Event(Frozen):
    """A document that wants to start its Textract job."""

    document: Document
    transition: Transition
