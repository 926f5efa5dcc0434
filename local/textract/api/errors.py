"""Textract's errors, under the names and statuses that the AWS SDKs know."""

from __future__ import annotations


class TextractError(Exception):
    """An error that goes back to the caller; `code` is its name on the wire."""

    code = "InternalServerError"
    status = 400

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class InvalidParameterError(TextractError):
    """A parameter is missing, malformed or out of its bounds."""

    code = "InvalidParameterException"


class InvalidJobIdError(TextractError):
    """No such job, or it was started by the other operation."""

    code = "InvalidJobIdException"


class InvalidS3ObjectError(TextractError):
    """The object or bucket cannot be reached."""

    code = "InvalidS3ObjectException"


class InvalidKmsKeyError(TextractError):
    """The key for the output cannot be used."""

    code = "InvalidKMSKeyException"


class UnsupportedDocumentError(TextractError):
    """The bytes are no PDF, PNG, JPEG or TIFF."""

    code = "UnsupportedDocumentException"


class BadDocumentError(TextractError):
    """The document is corrupt, encrypted or empty of pages."""

    code = "BadDocumentException"


class DocumentTooLargeError(TextractError):
    """The document has too many bytes or pages."""

    code = "DocumentTooLargeException"


class ProvisionedThroughputExceededError(TextractError):
    """More calls a second than the quota."""

    code = "ProvisionedThroughputExceededException"


class ThrottlingError(TextractError):
    """Calls keep coming although they are refused: slow down."""

    code = "ThrottlingException"


class LimitExceededError(TextractError):
    """More open jobs than the quota."""

    code = "LimitExceededException"


class IdempotentParameterMismatchError(TextractError):
    """A client request token was used again with other parameters."""

    code = "IdempotentParameterMismatchException"


class UnknownOperationError(TextractError):
    """An operation that this server does not speak."""

    code = "UnknownOperationException"


class InternalServerError(TextractError):
    """A fault of this server."""

    code = "InternalServerError"
    status = 500
