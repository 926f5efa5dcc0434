"""What Summarise sends."""

from lambdas.shared.contracts import ObjectPointer, Transition
from lambdas.shared.model import Frozen


class Event(Frozen):
    """A batch whose documents have all been through."""

    batch_id: str
    members: ObjectPointer
    transition: Transition


class Summary(Frozen):
    """What is published, and where the whole report lies."""

    subject: str
    message: str
    report: ObjectPointer
