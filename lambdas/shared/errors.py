"""The errors that leave a handler: their class names are what the state machines match.

A `TransientError` may succeed when tried again, a `PermanentError` never will.
"""


class TransientError(Exception):
    """Trying the same again later may succeed: the state machine retries."""


class PermanentError(Exception):
    """Trying the same again cannot succeed: the document is held, with the reason."""


class OpenJobsExhaustedError(TransientError):
    """Every place for an open Textract job is taken."""


class RecordContendedError(TransientError):
    """Another writer appended to the same document's audit trail, again and again."""


class ExtractionFailedError(PermanentError):
    """Textract ended the job without a result."""


class DocumentUnreadableError(PermanentError):
    """Textract cannot read the document: corrupt, encrypted, too large or of an unknown type."""


class ObjectMissingError(PermanentError):
    """An object that an earlier step wrote, or the document itself, is no longer there."""


class ModelPackageError(PermanentError):
    """The model package is incomplete or does not match its own digests."""


class RuleSetError(PermanentError):
    """A rule set cannot be read or one of its expressions does not compile."""
