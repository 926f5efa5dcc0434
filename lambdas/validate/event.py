"""What the state machine hands to validate."""

from lambdas.shared.contracts import Classification, Document, ExtractionResult, Transition
from lambdas.shared.model import Frozen


class Event(Frozen):
    """One classified document."""

    document: Document
    transition: Transition
    extraction: ExtractionResult
    classification: Classification
