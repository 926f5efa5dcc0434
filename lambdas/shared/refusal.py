"""Why something that was submitted is not taken."""

from lambdas.shared.contracts import Reason


class RefusedError(Exception):
    """An object that no later step can read; carries the reason."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.reason = Reason(code=code, message=message)
