"""The event of the state Classify."""

from lambdas.shared.contracts import Document, ExtractionResult, Transition
from lambdas.shared.model import Frozen


class Event(Frozen):
    """One document that was read."""

    document: Document
    transition: Transition
    extraction: ExtractionResult
