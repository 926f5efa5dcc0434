"""What Pass, Hold and Reject send."""

from lambdas.shared.contracts import DecisionResult, Document, Transition
from lambdas.shared.model import Frozen


class Event(Frozen):
    """A decided document."""

    document: Document
    transition: Transition
    decision: DecisionResult
