"""What ExtractText sends."""

from lambdas.shared.contracts import Document, Reservation, Transition
from lambdas.shared.model import Frozen


class Event(Frozen):
    """A document whose reserved instant has come, and the token that answers for it."""

    document: Document
    transition: Transition
    task_token: str
    reservation: Reservation
