"""What Route sends."""

from lambdas.shared.contracts import (
    Classification,
    Document,
    ExtractionResult,
    Transition,
    Validation,
)
from lambdas.shared.model import Frozen


class Event(Frozen):
    """Everything that is known of a document."""

    document: Document
    transition: Transition
    extraction: ExtractionResult
    classification: Classification
    validation: Validation
